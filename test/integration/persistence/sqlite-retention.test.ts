import { statSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  type EventLimits,
  trimEvents,
} from '../../../src/infrastructure/persistence/sqlite/event-retention.ts';
import type { SqliteDatabase } from '../../../src/infrastructure/persistence/sqlite/sqlite-database.ts';
import { SqliteStore } from '../../../src/infrastructure/persistence/sqlite/sqlite-store.ts';
import { changeTo, eventOf } from '../../support/contract-store.ts';
import { sqliteFolder } from '../../support/sqlite-folder.ts';

const test = suite('SQLite: retention of events');
const { newPath, open } = sqliteFolder(test);

const NOW = Date.parse('2026-01-01T01:00:00.000Z');
const minutesAgo = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();

/** A store with a conversation and so many events, a minute between them, the last now. */
async function withEvents(count: number) {
  const path = newPath();
  const database = open(path);
  const store = new SqliteStore(database);
  await store.commit([changeTo('a', { appended: [{ text: 'x'.repeat(50_000) }] })]);
  await store.append(
    Array.from({ length: count }, (_, n) => eventOf(`${n}`, 'A', minutesAgo(count - 1 - n))),
  );
  return { path, database, store };
}

async function trimAll(database: SqliteDatabase, limits: EventLimits): Promise<number[]> {
  const removed: number[] = [];
  for (;;) {
    const step = await trimEvents(database, limits, NOW);
    removed.push(step.removed);
    if (!step.hasMore) return removed;
  }
}

const namesIn = async (store: SqliteStore) =>
  (await store.events({}, undefined, 10_000)).map(({ eventId }) => eventId as string);
const names = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => `${from + n}`);

test('nothing is removed within the limits', async () => {
  const { database, store } = await withEvents(200);
  const limits = { maxAgeMs: 200 * 60_000, maxEvents: 200, maxBytes: 10_000_000 };
  assert.equal(await trimEvents(database, limits, NOW), { removed: 0, hasMore: false });
  assert.equal(await trimEvents(database, {}, NOW), { removed: 0, hasMore: false });
  assert.equal(await namesIn(store), names(0, 200));
});

test('the oldest beyond a number are removed, in small steps', async () => {
  const { database, store } = await withEvents(200);
  assert.equal(await trimAll(database, { maxEvents: 50 }), [64, 64, 22]);
  assert.equal(await namesIn(store), names(150, 200));
});

test('those beyond an age are removed, in small steps', async () => {
  const { database, store } = await withEvents(200);
  const removed = await trimAll(database, { maxAgeMs: 100 * 60_000 });
  assert.is(removed[0], 64);
  assert.equal(await namesIn(store), names(99, 200));
});

test('an event that is young keeps those that were stored after it', async () => {
  const { database, store } = await withEvents(0);
  await store.append([
    eventOf('1', 'A', minutesAgo(9)),
    eventOf('2', 'A', minutesAgo(0)),
    eventOf('3', 'A', minutesAgo(9)),
    eventOf('4'),
  ]);
  await trimAll(database, { maxAgeMs: 60_000 });
  assert.equal(await namesIn(store), ['2', '3', '4']);
});

test('a limit in bytes removes events until it is kept, and gives space back', async () => {
  const { path, database, store } = await withEvents(3000);
  await database.truncateLog();
  const before = statSync(path).size;
  await trimAll(database, { maxBytes: before / 2 });
  const left = await namesIn(store);
  assert.ok(left.length > 100 && left.length < 2900, `${left.length}`);
  assert.equal(left, names(3000 - left.length, 3000));
  await database.truncateLog();
  assert.ok(statSync(path).size <= before / 2, `${statSync(path).size} of ${before}`);
});

test('conversations that fill the limit take the place of few events', async () => {
  const { database, store } = await withEvents(200);
  const appended = Array.from({ length: 64 }, () => ({ text: 'x'.repeat(20_000) }));
  await store.commit([changeTo('long', { appended })]);
  await trimAll(database, { maxBytes: 1024 * 1024 });
  assert.is((await namesIn(store)).length, 200);
});

test('conversations and the last event stay, whatever the limits, and numbers go on', async () => {
  const { database, store } = await withEvents(100);
  const cursor = (await store.events({}, undefined, 100)).at(-1)?.cursor;
  await trimAll(database, { maxEvents: 0, maxAgeMs: 0, maxBytes: 0 });
  assert.equal(await namesIn(store), ['99']);
  assert.is((await store.appended('conversation', 'a', 1)).length, 1);
  await store.append([eventOf('next')]);
  const next = await store.events({}, cursor, 10);
  assert.equal(
    next.map(({ eventId }) => eventId as string),
    ['next'],
  );
});

test.run();
