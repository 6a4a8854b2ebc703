import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { bundle } from '../../../build/bundle.ts';
import { SqliteStore } from '../../../src/infrastructure/persistence/sqlite/sqlite-store.ts';
import { changeTo } from '../../support/contract-store.ts';
import { refusalOf } from '../../support/failure.ts';
import { added, sqliteFolder } from '../../support/sqlite-folder.ts';

const test = suite('SQLite: commits that wait for the disk');
const { folder, newPath, open } = sqliteFolder(test);

const FULL = { synchronous: 'full' } as const;

/** Stores an event that says how the connection that stores it waits for the disk. */
const SYNCHRONOUS = `insert into event (event_id, type, occurred_at, class, aggregate_type, aggregate_id, payload)
  select 'e', 'A', '', 'state', '', '', json_object('synchronous', synchronous) from pragma_synchronous`;

for (const [synchronous, value] of [
  ['normal', 1],
  ['full', 2],
] as const)
  test(`${synchronous} is what SQLite is told`, async () => {
    const database = open(newPath(), { synchronous });
    await database.write([{ sql: SYNCHRONOUS, values: [] }]);
    const [event] = await new SqliteStore(database).events({}, undefined, 1);
    assert.equal(event?.payload, { synchronous: value });
  });

test('a newer schema stops the writer, too', async () => {
  const path = newPath();
  const store = new SqliteStore(open(path, FULL));
  await store.commit([changeTo('a')]);
  await new SqliteStore(open(path, { migrations: added })).commit([changeTo('b')]);
  for (const _ of [1, 2])
    assert.match((await refusalOf(store.commit([changeTo('c')]))).message, /later version of tfo-mcp/);
});

test('a writer that fails is followed by another', async () => {
  const database = open(newPath(), FULL);
  const store = new SqliteStore(database);
  await store.commit([changeTo('a')]);
  assert.is((await refusalOf(database.write([{ sql: 'oops', values: [] }]))).code, 'store.unavailable');
  assert.equal(database.health(), { state: 'down' });
  await store.commit([changeTo('b')]);
  assert.equal(database.health(), { state: 'up' });
});

test('what is under way when the store is closed is stored', async () => {
  const path = newPath();
  const database = open(path, FULL);
  const commits = ['a', 'b'].map((id) => new SqliteStore(database).commit([changeTo(id)]));
  await database.close();
  await Promise.all(commits);
  assert.is((await new SqliteStore(open(path)).list('conversation', 'ada', 10)).length, 2);
});

test('workers run from the text that a bundle has of them, and nothing is written to stderr', async () => {
  const outfile = join(folder, 'bundled.cjs');
  await bundle({ entry: join(import.meta.dirname, 'store-bundled.ts'), outfile });
  const { stdout, stderr } = spawnSync(process.execPath, [outfile, newPath()], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', NODE_NO_WARNINGS: '' },
  });
  assert.is(stderr, '');
  assert.equal(JSON.parse(stdout), { version: 1, isEmptied: true });
});

test.run();
