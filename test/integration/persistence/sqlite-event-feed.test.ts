import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DomainEvent } from '../../../src/domain/shared/domain-event.ts';
import { SqliteEventFeed } from '../../../src/infrastructure/persistence/sqlite/sqlite-event-feed.ts';
import { SqliteStore } from '../../../src/infrastructure/persistence/sqlite/sqlite-store.ts';
import { eventOf } from '../../support/contract-store.ts';
import { sqliteFolder } from '../../support/sqlite-folder.ts';

const test = suite('SQLite: leases on the event feed');
const { newPath, open } = sqliteFolder(test);

/** Two processes' feeds of one file, with a clock that is set. */
async function twoFeeds() {
  const path = newPath();
  const clock = { now: 1_000_000 };
  const feeds = [1, 2].map(
    () => new SqliteEventFeed(open(path), { leaseMs: 1000, now: () => clock.now }),
  ) as [SqliteEventFeed, SqliteEventFeed];
  const store = new SqliteStore(open(path));
  await store.append(['1', '2', '3'].map((name) => eventOf(name)));
  return { path, clock, feeds, store };
}

/** A delivery that has begun and goes on until it is let. */
async function slowDelivery(feed: SqliteEventFeed) {
  const begun = Promise.withResolvers<void>();
  const rest = Promise.withResolvers<void>();
  const result = feed.relay('s', 1, () => {
    begun.resolve();
    return rest.promise;
  });
  await begun.promise;
  return { result, finish: rest.resolve };
}

test('a lease that has ended goes to another, and the place is not moved back by the first', async () => {
  const { clock, feeds } = await twoFeeds();
  const slow = await slowDelivery(feeds[0]);
  const got: string[] = [];
  const deliver = async (events: readonly DomainEvent[]) =>
    void got.push(...events.map(({ eventId }) => eventId as string));
  clock.now += 999;
  assert.is(await feeds[1].relay('s', 1, deliver), 'held elsewhere');
  clock.now += 1;
  assert.is(await feeds[1].relay('s', 2, deliver), 2);
  slow.finish();
  assert.is(await slow.result, 'held elsewhere');
  assert.is(await feeds[0].relay('s', 2, deliver), 1);
  assert.equal(got, ['1', '2', '3']);
});

test('a clock that was set back keeps no sink held', async () => {
  const { clock, feeds } = await twoFeeds();
  const slow = await slowDelivery(feeds[0]);
  clock.now -= 100_000;
  assert.is(await feeds[1].relay('s', 1, async () => undefined), 1);
  slow.finish();
  await slow.result;
});

test('the place of a sink is there after a restart', async () => {
  const { path, feeds } = await twoFeeds();
  await feeds[0].relay('s', 2, async () => undefined);
  const got: string[] = [];
  await new SqliteEventFeed(open(path)).relay(
    's',
    10,
    async (events) => void got.push(...events.map(({ eventId }) => eventId as string)),
  );
  assert.equal(got, ['3']);
});

test.run();
