import type { Test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Change, Head, Store } from '../../src/application/ports/store.ts';
import type { DomainEvent, EventId } from '../../src/domain/shared/domain-event.ts';
import type { JsonObject } from '../../src/domain/shared/json.ts';
import { codeOf } from './failure.ts';

export const eventOf = (
  name: string,
  type = 'Happened',
  occurredAt = '2026-01-01T00:00:00.000Z',
): DomainEvent => ({
  eventId: name as EventId,
  occurredAt,
  type,
  class: 'state',
  aggregate: { type: 'conversation', id: 'a' },
  payload: { text: '€😀"\0', deep: [{ a: null }, 1.5, ''] },
});

interface Sample
  extends Partial<Omit<Head, 'id' | 'state'>>,
    Partial<Pick<Change, 'from' | 'appended' | 'events'>> {
  readonly state?: JsonObject;
}

/** A change after which an aggregate is like this. */
export function changeTo(
  id: string,
  { from, appended = [], events = [], ...head }: Sample = {},
): Change & { readonly head: Head } {
  const state = { title: `€😀"\0 ${id}`, deep: [{ a: null }, 1.5] };
  const updatedAt = '2026-01-01T00:00:00.000Z';
  return {
    kind: 'conversation',
    id,
    from,
    head: { owner: 'ada', version: 1, updatedAt, state, ...head, id },
    appended,
    events,
  };
}

const removal = (id: string, from: number, event: string): Change => ({
  kind: 'conversation',
  id,
  from,
  head: undefined,
  appended: [],
  events: [eventOf(event)],
});

/** The behaviour of every Store. `open` makes an empty one for each test, with room for a hundred. */
export function storeContract(test: Test, open: () => Promise<Store>): void {
  const eventsIn = async (store: Store) =>
    (await store.events({}, undefined, 1000)).map(({ eventId }) => eventId);

  test('keeps heads, entries and events as they were', async () => {
    const store = await open();
    const entries = [{ said: '€😀"\0\u2028' }, { deep: [{ a: null }, 1.5, ''] }];
    const change = changeTo('a', { appended: entries, events: [eventOf('1'), eventOf('2')] });
    await store.commit([change]);
    assert.equal(await store.find('conversation', 'a'), change.head);
    assert.equal(await store.appended('conversation', 'a', 10), entries);
    assert.equal(
      (await store.events({}, undefined, 10)).map(({ cursor: _, ...event }) => event),
      change.events,
    );
  });

  test('finds nothing that was never stored', async () => {
    const store = await open();
    await store.commit([changeTo('a')]);
    for (const id of ['b', '', 'A', '__proto__']) {
      assert.is(await store.find('conversation', id), undefined);
      assert.equal(await store.appended('conversation', id, 10), []);
    }
    assert.equal(await store.list('conversation', 'bob', 10), []);
  });

  test('adds entries behind those that there are, and changes none', async () => {
    const store = await open();
    const entries = Array.from({ length: 5 }, (_, n) => ({ n }));
    await store.commit([changeTo('a', { appended: entries.slice(0, 2) })]);
    await store.commit([changeTo('a', { from: 1, version: 2, appended: entries.slice(2, 3) })]);
    await store.commit([changeTo('a', { from: 2, version: 7 })]);
    await store.commit([changeTo('a', { from: 7, version: 8, appended: entries.slice(3) })]);
    assert.equal(await store.appended('conversation', 'a', 100), entries);
    assert.equal(await store.appended('conversation', 'a', 3), entries.slice(0, 3));
    assert.is((await store.find('conversation', 'a'))?.version, 8);
  });

  for (const [what, change] of [
    ['a new one that is there', changeTo('a', { version: 9 })],
    ['one that is not there', changeTo('b', { from: 1, version: 2 })],
    ['one that has changed since', changeTo('a', { from: 0, version: 2 })],
    ['a removal of one that has changed since', removal('a', 7, '3')],
    ['a removal of what is not there', removal('b', 1, '3')],
  ] as const)
    test(`refuses a commit with ${what}, and stores nothing of it`, async () => {
      const store = await open();
      const first = changeTo('a', { appended: [{ n: 1 }], events: [eventOf('1')] });
      await store.commit([first]);
      const also = changeTo('c', { appended: [{ n: 2 }], events: [eventOf('2')] });
      assert.is(await codeOf(store.commit([also, change])), 'store.conflict');
      assert.equal(await store.find('conversation', 'a'), first.head);
      assert.equal(await store.appended('conversation', 'a', 10), [{ n: 1 }]);
      assert.is(await store.find('conversation', 'c'), undefined);
      assert.equal(await store.appended('conversation', 'c', 10), []);
      assert.equal(await eventsIn(store), ['1']);
    });

  test('stores changes of several aggregates together', async () => {
    const store = await open();
    await store.commit([changeTo('a')]);
    await store.commit([
      changeTo('a', { from: 1, version: 2, events: [eventOf('1')] }),
      changeTo('b', { owner: 'bob', events: [eventOf('2')] }),
    ]);
    assert.is((await store.find('conversation', 'a'))?.version, 2);
    assert.is((await store.find('conversation', 'b'))?.owner, 'bob');
    assert.equal(await eventsIn(store), ['1', '2']);
  });

  test('of commits that exclude each other one succeeds, whenever they come', async () => {
    const store = await open();
    await store.commit([changeTo('a')]);
    const commits = Array.from({ length: 10 }, (_, n) =>
      store.commit([changeTo('a', { from: 1, version: 2, appended: [{ n }], events: [eventOf(`${n}`)] })]),
    );
    const codes = await Promise.all(
      commits.map((commit) =>
        commit.then(
          () => 'stored',
          (error) => error.code,
        ),
      ),
    );
    assert.is(codes.filter((code) => code === 'stored').length, 1);
    assert.is(codes.filter((code) => code === 'store.conflict').length, 9);
    assert.is((await store.appended('conversation', 'a', 10)).length, 1);
    assert.is((await eventsIn(store)).length, 1);
  });

  test('removes an aggregate and what it added, and keeps its events, that of the removal included', async () => {
    const store = await open();
    for (const id of ['a', 'b'])
      await store.commit([changeTo(id, { appended: [{ id }], events: [eventOf(id)] })]);
    await store.commit([removal('a', 1, 'gone')]);
    assert.is(await store.find('conversation', 'a'), undefined);
    assert.equal(await store.appended('conversation', 'a', 10), []);
    assert.equal(
      (await store.list('conversation', 'ada', 10)).map(({ id }) => id),
      ['b'],
    );
    assert.equal(await eventsIn(store), ['a', 'b', 'gone']);
    await store.commit([changeTo('a', { appended: [{ anew: true }] })]);
    assert.equal(await store.appended('conversation', 'a', 10), [{ anew: true }]);
  });

  test('lists an owner’s aggregates, the one that changed last first, of the same moment the greater id', async () => {
    const store = await open();
    const at = (second: number) => `2026-01-01T00:00:0${second}.000Z`;
    for (const [id, second] of [
      ['a', 1],
      ['b', 3],
      ['d', 2],
      ['c', 2],
    ] as const)
      await store.commit([changeTo(id, { updatedAt: at(second) })]);
    await store.commit([changeTo('e', { owner: 'bob' })]);
    const ids = async (limit: number) => (await store.list('conversation', 'ada', limit)).map(({ id }) => id);
    assert.equal(await ids(10), ['b', 'd', 'c', 'a']);
    assert.equal(await ids(2), ['b', 'd']);
    const everybodys = await store.list('conversation', undefined, 10);
    assert.equal(everybodys.map(({ id }) => id).sort(), ['a', 'b', 'c', 'd', 'e']);
    await store.commit([changeTo('a', { from: 1, version: 2, updatedAt: at(9) })]);
    assert.equal(await ids(10), ['a', 'b', 'd', 'c']);
  });

  test('gives events in the order in which they were stored, from a cursor on', async () => {
    const store = await open();
    await store.append([eventOf('1'), eventOf('2')]);
    await store.commit([changeTo('a', { events: [eventOf('3')] })]);
    await store.append([eventOf('4')]);
    const all = await store.events({}, undefined, 100);
    assert.equal(
      all.map(({ eventId }) => eventId as string),
      ['1', '2', '3', '4'],
    );
    const found: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await store.events({}, cursor, 1);
      if (page.length === 0) break;
      found.push(...page.map(({ eventId }) => eventId));
      cursor = page.at(-1)?.cursor;
    }
    assert.equal(found, ['1', '2', '3', '4']);
    const last = all.at(-1)?.cursor;
    await store.append([eventOf('5')]);
    assert.equal(
      (await store.events({}, last, 100)).map(({ eventId }) => eventId as string),
      ['5'],
    );
  });

  test('gives the events of some types, and from a time on', async () => {
    const store = await open();
    await store.append([
      eventOf('1', 'A', '2026-01-01T00:00:01.000Z'),
      eventOf('2', 'B', '2026-01-01T00:00:02.000Z'),
      eventOf('3', 'A', '2026-01-01T00:00:03.000Z'),
    ]);
    for (const [filter, ids] of [
      [{ types: ['A'] }, ['1', '3']],
      [{ types: ['A', 'B'] }, ['1', '2', '3']],
      [{ types: [] }, []],
      [{ types: ["A' or 1=1"] }, []],
      [{ since: '2026-01-01T00:00:02.000Z' }, ['2', '3']],
      [{ types: ['A'], since: '2026-01-01T00:00:01.500Z' }, ['3']],
    ] as const)
      assert.equal(
        (await store.events(filter, undefined, 10)).map(({ eventId }) => eventId as string),
        ids,
        JSON.stringify(filter),
      );
    const [first] = await store.events({ types: ['A'] }, undefined, 1);
    assert.equal(
      (await store.events({ types: ['A'] }, first?.cursor, 10)).map(({ eventId }) => eventId as string),
      ['3'],
    );
  });

  test('gives the events since a time in the order in which they were stored, whatever the clock did', async () => {
    const store = await open();
    const minutes = [5, 1, 3, 2, 4, 0, 3];
    await store.append(minutes.map((minute, n) => eventOf(`${n}`, 'A', `2026-01-01T00:0${minute}:00.000Z`)));
    const since = '2026-01-01T00:03:00.000Z';
    const found: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const [event] = await store.events({ since }, cursor, 1);
      if (event === undefined) break;
      found.push(event.eventId);
      cursor = event.cursor;
    }
    assert.equal(found, ['0', '2', '4', '6']);
    assert.equal(await store.events({ since: '2026-01-01T00:06:00.000Z' }, undefined, 10), []);
  });
}
