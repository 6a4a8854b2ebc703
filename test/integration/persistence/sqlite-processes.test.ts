import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { bundle } from '../../../build/bundle.ts';
import { SqliteStore } from '../../../src/infrastructure/persistence/sqlite/sqlite-store.ts';
import { StoredConversations } from '../../../src/infrastructure/persistence/stored-conversations.ts';
import { conversationId } from '../../support/sample-conversation.ts';
import { sqliteFolder } from '../../support/sqlite-folder.ts';

const test = suite('SQLite: several processes');
const { folder, newPath, open } = sqliteFolder(test);

const PROCESSES = 10;
const KILLS = 20;

/** One file starts in a fifth of the time. */
const script = join(folder, 'store-turns.cjs');
test.before(async () => {
  await bundle({ entry: join(import.meta.dirname, 'store-turns.ts'), outfile: script });
});

interface Turns {
  readonly child: ChildProcess;
  readonly lines: string[];
  readonly ended: Promise<unknown>;
}

/** A process that stores turns of a conversation; `onLine` hears of each that is acknowledged. */
function startTurns(path: string, name: string, count: number, onLine?: (turns: Turns) => void): Turns {
  const child = spawn(process.execPath, [script, path, name, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const turns = { child, lines: [] as string[], ended: once(child, 'close') };
  createInterface(child.stdout).on('line', (line) => {
    turns.lines.push(line);
    onLine?.(turns);
  });
  return turns;
}

/** Turns of a conversation that are stored; fails where there is a half one. */
async function wholeTurns(path: string, name: string): Promise<number> {
  const database = open(path);
  const store = new SqliteStore(database);
  const conversation = await new StoredConversations(store).find(conversationId(name));
  const messages = await store.appended('conversation', name, 100_000);
  assert.is(messages.length, conversation?.snapshot().messageCount ?? 0, name);
  assert.is(messages.length % 2, 0, name);
  const added = await store.events({ types: ['MessageAdded'] }, undefined, 100_000);
  assert.is(added.filter(({ aggregate }) => aggregate.id === name).length, messages.length, name);
  await database.close();
  return messages.length / 2;
}

async function requireSound(path: string): Promise<void> {
  const sound = await open(path).read((connection) =>
    Object.values(connection.database.prepare('pragma integrity_check').get() ?? {}),
  );
  assert.equal(sound, ['ok']);
}

test('processes that make the same file at once all store in it', async () => {
  const path = newPath();
  const all = Array.from({ length: PROCESSES }, (_, n) => startTurns(path, `${n}`, 20));
  await Promise.all(all.map(({ ended }) => ended));
  for (const [n, { lines }] of all.entries()) {
    assert.is(lines.at(-1), 'done');
    assert.is(await wholeTurns(path, `${n}`), 20);
  }
  await requireSound(path);
});

test('kill -9 takes no turn that was acknowledged, and leaves no half one', async () => {
  const path = newPath();
  for (let n = 0; n < KILLS; n += 2) {
    const pair = [n, n + 1].map((one) => ({ one, most: 1 + one * 5 }));
    const both = pair.map(({ one, most }) =>
      startTurns(path, `${one}`, 100_000, ({ child, lines: { length } }) => {
        if (length === most) child.kill('SIGKILL');
      }),
    );
    await Promise.all(both.map(({ ended }) => ended));
    for (const [at, { one, most }] of pair.entries()) {
      const { lines = [] } = both[at] ?? {};
      assert.ok(lines.length >= most, lines.at(-1));
      assert.ok((await wholeTurns(path, `${one}`)) >= lines.length);
    }
    await requireSound(path);
  }
});

test.run();
