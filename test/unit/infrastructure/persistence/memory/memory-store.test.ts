import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { MemoryStore } from '../../../../../src/infrastructure/persistence/memory/memory-store.ts';
import { changeTo, eventOf } from '../../../../support/contract-store.ts';

const test = suite('MemoryStore');

const ROOM = { maxAggregates: 100, maxCharacters: 1_000_000, maxEvents: 100 };

const idsIn = async (store: MemoryStore) =>
  (await store.list('conversation', 'ada', 100)).map(({ id }) => id).sort();

async function storeOf(names: readonly string[], limits: Partial<typeof ROOM>) {
  const store = new MemoryStore({ ...ROOM, ...limits });
  for (const name of names) await store.commit([changeTo(name)]);
  return store;
}

test('the store forgets what was used longest ago', async () => {
  const store = await storeOf(['a', 'b', 'c'], { maxAggregates: 3 });
  await store.find('conversation', 'a');
  await store.commit([changeTo('b', { from: 1, version: 2 })]);
  await store.commit([changeTo('d')]);
  assert.equal(await idsIn(store), ['a', 'b', 'd']);
  await store.commit([changeTo('e')]);
  assert.equal(await idsIn(store), ['b', 'd', 'e']);
});

test('the store forgets aggregates when all together get too long, never the one that grows', async () => {
  const store = await storeOf(['a', 'b', 'c'], { maxCharacters: 5000 });
  let version = 1;
  const grow = async (name: string, length: number) => {
    const from = (await store.find('conversation', name))?.version;
    version += 1;
    await store.commit([changeTo(name, { from, version, appended: [{ text: 'x'.repeat(length) }] })]);
  };
  await grow('a', 2000);
  await grow('b', 2000);
  assert.equal(await idsIn(store), ['a', 'b', 'c']);
  await grow('b', 2000);
  assert.equal(await idsIn(store), ['b']);
  await grow('b', 10_000);
  assert.equal(await idsIn(store), ['b']);
  await store.commit([changeTo('d')]);
  assert.equal(await idsIn(store), ['d']);
  await store.commit([changeTo('e')]);
  assert.equal(await idsIn(store), ['d', 'e']);
});

test('the store forgets the oldest events, and cursors stay where they were', async () => {
  const store = new MemoryStore({ ...ROOM, maxEvents: 3 });
  for (let n = 1; n <= 10; n += 1) await store.append([eventOf(`${n}`)]);
  const [first, ...rest] = await store.events({}, undefined, 100);
  assert.ok(rest.length >= 2 && rest.length < 6);
  assert.is(rest.at(-1)?.eventId, '10');
  assert.equal(await store.events({}, first?.cursor, 100), rest);
  assert.equal(await store.events({}, rest.at(-1)?.cursor, 100), []);
});

test.run();
