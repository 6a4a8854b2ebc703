import { readFileSync, statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadSqlite } from '../../../src/infrastructure/persistence/sqlite/load-sqlite.ts';
import type { SqliteDatabase } from '../../../src/infrastructure/persistence/sqlite/sqlite-database.ts';
import { SqliteStore } from '../../../src/infrastructure/persistence/sqlite/sqlite-store.ts';
import { changeTo, eventOf } from '../../support/contract-store.ts';
import { sqliteFolder } from '../../support/sqlite-folder.ts';
import { until } from '../../support/until.ts';

const test = suite('SQLite: the write-ahead log');
const { newPath, open } = sqliteFolder(test);
const { DatabaseSync } = loadSqlite();

const PAGE = 4096;
const sizeOf = (path: string) => statSync(`${path}-wal`).size;

/** Pages of the log, and those of them that are in the file. */
const logOf = (database?: SqliteDatabase): Promise<{ log?: number; checkpointed?: number }> =>
  Promise.resolve(
    database?.read((connection) => connection.database.prepare('pragma wal_checkpoint(noop)').get() ?? {}) ??
      {},
  );

/** The number of a thread that is started now. */
const nextThread = () => new Worker('', { eval: true }).threadId;

/** Stores so many pages of entries, a few in each commit. */
async function storePages(store: SqliteStore, id: string, pages: number): Promise<void> {
  await store.commit([changeTo(id)]);
  const appended = [{ text: 'x'.repeat(4 * PAGE) }];
  for (let version = 1; version <= pages / 4; version++)
    await store.commit([changeTo(id, { from: version, version: version + 1, appended })]);
}

test('is moved into the file by a worker that ends afterwards', async () => {
  const path = newPath();
  const store = new SqliteStore(open(path, { logPages: 32 }));
  await storePages(store, 'a', 20);
  const before = statSync(path).size;
  await storePages(store, 'b', 40);
  await until(() => statSync(path).size > before + 20 * PAGE);
});

test('begins anew again and again while several write', async () => {
  const path = newPath();
  const databases = [1, 2].map(() => open(path, { logPages: 32 }));
  const stores = databases.map((database) => new SqliteStore(database));
  let before = 0;
  let restarts = 0;
  let round = 0;
  await until(async () => {
    round += 1;
    await Promise.all(stores.map((store, n) => storePages(store, `${round}-${n}`, 16)));
    const log = (await logOf(databases[0])).log ?? 0;
    if (log < before) restarts += 1;
    before = log;
    return restarts === 3;
  });
});

test('is emptied where others kept it from beginning anew until it was far too long', async () => {
  const path = newPath();
  const store = new SqliteStore(open(path, { logPages: 32 }));
  await store.append([eventOf('1')]);
  const reader = new DatabaseSync(path);
  reader.exec('begin; select * from event');
  await storePages(store, 'a', 400);
  reader.close();
  assert.ok(sizeOf(path) > 400 * PAGE);
  let round = 0;
  await until(async () => {
    await storePages(store, `${round++}`, 16);
    return sizeOf(path) < 200 * PAGE;
  });
});

test('is left alone while it is short', async () => {
  const path = newPath();
  const database = open(path);
  const before = nextThread();
  await storePages(new SqliteStore(database), 'a', 200);
  assert.is(nextThread(), before + 1, 'no worker was started in between');
  assert.is((await logOf(database)).checkpointed, 0);
});

test('holds nothing of what was deleted once it is emptied, and neither does the file', async () => {
  const path = newPath();
  const database = open(path);
  const store = new SqliteStore(database);
  const secret = 'a word that nobody else says';
  const appended = [{ secret }, { text: secret.repeat(1000) }];
  await store.commit([changeTo('a', { state: { secret }, appended }), changeTo('b')]);
  const has = (file: string) => readFileSync(file).includes(secret);
  assert.ok(has(`${path}-wal`));
  await store.commit([{ kind: 'conversation', id: 'a', from: 1, head: undefined, appended: [], events: [] }]);
  assert.is(await database.truncateLog(), true);
  await database.close();
  assert.not(has(path));
  assert.is((await new SqliteStore(open(path)).find('conversation', 'b'))?.version, 1);
});

test('is not emptied while another process reads, and that is said', async () => {
  const path = newPath();
  const database = open(path);
  const store = new SqliteStore(database);
  await store.append([eventOf('1')]);
  const reader = new DatabaseSync(path);
  reader.exec('begin; select * from event');
  assert.is(await database.truncateLog(), false);
  reader.close();
  assert.is(await database.truncateLog(), true);
  assert.is(sizeOf(path), 0);
});

test.run();
