// deadline: 600
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { SqliteDatabase } from '../../src/infrastructure/persistence/sqlite/sqlite-database.ts';
import { SqliteStore } from '../../src/infrastructure/persistence/sqlite/sqlite-store.ts';
import { TEST_API_KEY } from '../support/anthropic-request.ts';
import { AnthropicServer } from '../support/anthropic-server.ts';
import type { Frame } from '../support/server-process.ts';
import { killStartedServers, startServer } from '../support/start-server.ts';

const test = suite('kill -9 in the middle of turns and calls');

/** `make soak` sets it. */
const kills = Number(process.env['SOAK_KILLS'] ?? 20);
const OTHERS = 3;

const api = await AnthropicServer.start();
const home = realpathSync(mkdtempSync(join(tmpdir(), 'tfo-mcp-kills-')));
const path = join(home, 'kept.db');
test.after(async () => {
  killStartedServers();
  await api.close();
  rmSync(home, { recursive: true, force: true });
});

interface Talk {
  readonly conversationId: string;
  /** Messages of turns that were answered. */
  messages: number;
}

/** A server that is asked for turns and calls until it ends. */
class Busy {
  /** The last is the one that goes on. */
  readonly talks: Talk[] = [];
  /** Calls of the tool that were answered. */
  answered = 0;
  private isPaused = false;
  private readonly server = startServer('binary', {
    env: {
      HOME: home,
      ANTHROPIC_API_KEY: TEST_API_KEY,
      ANTHROPIC_BASE_URL: api.url,
      TELEMETRYFLOW_MCP_DATABASE_PATH: path,
    },
  });
  private id = 0;

  /** Makes turns and calls at once; resolves when the server has ended. @param tool one without arguments */
  async work(tool: string, turnsOfATalk: number): Promise<void> {
    await this.server.initialize();
    const turns = this.untilItEnds(() => this.turn(turnsOfATalk));
    const calls = this.untilItEnds(async () => {
      await this.call(tool, tool === 'echo' ? { message: 'hi' } : {});
      this.answered += 1;
    });
    await Promise.all([turns, calls]);
  }

  /** Asks for nothing any more; resolves when the server says that all events of calls are stored. */
  async stored(): Promise<void> {
    this.isPaused = true;
    for (;;) {
      const { result } = await this.server.request(++this.id, 'resources/read', { uri: 'status://health' });
      if (JSON.parse(result.contents[0].text).audit.waiting === 0) return;
      await pause(200); // to ask is an event, too
    }
  }

  kill(): void {
    this.server.child.kill('SIGKILL');
  }

  private async turn(turnsOfATalk: number): Promise<void> {
    const last = this.talks.at(-1);
    const talk = last === undefined || last.messages >= turnsOfATalk * 2 ? undefined : last;
    const { structuredContent, content } = await this.call('claude_conversation', {
      message: 'x'.repeat(2000),
      ...(talk && { conversation_id: talk.conversationId }),
    });
    assert.ok(structuredContent, content?.[0]?.text);
    if (talk) talk.messages += 2;
    else this.talks.push({ conversationId: structuredContent.conversation_id, messages: 2 });
  }

  private async call(name: string, given: object): Promise<Frame> {
    return (await this.server.request(++this.id, 'tools/call', { name, arguments: given })).result;
  }

  private async untilItEnds(work: () => Promise<void>): Promise<void> {
    try {
      while (this.isRunning) {
        await pause();
        if (!this.isPaused) await work();
      }
    } catch (error) {
      if (this.isRunning) throw error;
    }
  }

  private get isRunning(): boolean {
    const { exitCode, signalCode } = this.server.child;
    return exitCode === null && signalCode === null;
  }
}

const pause = (milliseconds = 1) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Opens the file beside the servers. */
async function look<T>(into: (store: SqliteStore) => Promise<T>): Promise<T> {
  const database = new SqliteDatabase({ path });
  try {
    return await into(new SqliteStore(database));
  } finally {
    await database.close();
  }
}

async function requireAll(talks: readonly Talk[]): Promise<void> {
  await look(async (store) => {
    for (const { conversationId, messages } of talks) {
      const head = await store.find('conversation', conversationId);
      const kept = await store.appended('conversation', conversationId, 100_000);
      assert.is(kept.length, head?.state['messageCount'], 'the head and the transcript are of one moment');
      assert.is(kept.length % 2, 0, 'there is no half turn');
      assert.ok(kept.length >= messages, `${kept.length} messages are kept, ${messages} were acknowledged`);
    }
  });
}

test(`nothing that was acknowledged is lost in ${kills} kills, beside ${OTHERS} servers at work`, async () => {
  const others = Array.from({ length: OTHERS }, () => new Busy());
  const theirs = others.map((other) => other.work('echo', 50));
  const talks: Talk[] = [];
  let due = 0;
  for (let n = 0; n < kills; n += 1) {
    const victim = new Busy();
    const ended = victim.work('system_info', 5);
    // At another moment of its work each time.
    while (victim.answered < 3 + ((n * 7) % 40)) await pause();
    if (n % 2 === 0) {
      await victim.stored();
      due += victim.answered;
    }
    victim.kill();
    await ended;
    talks.push(...victim.talks);
  }
  for (const other of others) other.kill();
  await Promise.all(theirs);
  await requireAll([...talks, ...others.flatMap((other) => other.talks)]);
  const stored = await look(async (store) => {
    let count = 0;
    for (let after: string | undefined; ; ) {
      const page = await store.events({ types: ['ToolExecuted'] }, after, 1000);
      count += page.filter(({ aggregate }) => aggregate.id === 'system_info').length;
      after = page.at(-1)?.cursor;
      if (after === undefined) return count;
    }
  });
  assert.ok(stored >= due, `${stored} calls are kept, ${due} were said to be stored`);
});

test.run();
