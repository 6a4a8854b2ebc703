import type { Test } from 'uvu';
import * as assert from 'uvu/assert';
import type { EventFeed } from '../../src/application/ports/event-feed.ts';
import type { Store } from '../../src/application/ports/store.ts';
import type { DomainEvent } from '../../src/domain/shared/domain-event.ts';
import { changeTo, eventOf } from './contract-store.ts';
import { failureOf } from './failure.ts';

interface Fed {
  readonly store: Store;
  readonly feed: EventFeed;
}

const named = (...names: readonly string[]) => names.map((name) => eventOf(name));
const namesOf = (events: readonly DomainEvent[]) => events.map(({ eventId }) => eventId as string);

/** The behaviour of every EventFeed. `open` makes an empty store and a feed of it for each test. */
export function eventFeedContract(test: Test, open: () => Promise<Fed>): void {
  test('gives events as they were stored, in their order, so many at a time', async () => {
    const { store, feed } = await open();
    const events = named('1', '2', '3', '4', '5');
    await store.append(events.slice(0, 2));
    await store.commit([changeTo('a', { events: events.slice(2) })]);
    const got: (readonly DomainEvent[])[] = [];
    const deliver = async (some: readonly DomainEvent[]) => {
      got.push(some);
    };
    const counts: unknown[] = [];
    for (let n = 0; n < 4; n++) counts.push(await feed.relay('s', 2, deliver));
    assert.equal(counts, [2, 2, 1, 0]);
    assert.equal(got, [events.slice(0, 2), events.slice(2, 4), events.slice(4)]);
  });

  test('gives what is stored later, too, and nothing twice', async () => {
    const { store, feed } = await open();
    const got: string[] = [];
    const deliver = async (some: readonly DomainEvent[]) => {
      got.push(...namesOf(some));
      if (got.length === 1) await store.append(named('2'));
    };
    assert.is(await feed.relay('s', 10, deliver), 0);
    await store.append(named('1'));
    assert.is(await feed.relay('s', 10, deliver), 1);
    assert.is(await feed.relay('s', 10, deliver), 1);
    assert.is(await feed.relay('s', 10, deliver), 0);
    assert.equal(got, ['1', '2']);
  });

  test('gives the same events again after a delivery that failed', async () => {
    const { store, feed } = await open();
    await store.append(named('1', '2'));
    const boom = new Error('boom');
    for (const fail of [
      () => Promise.reject(boom),
      () => {
        throw boom;
      },
    ])
      assert.is(await failureOf(feed.relay('s', 1, fail)), boom);
    const got: string[] = [];
    await feed.relay('s', 10, async (some) => void got.push(...namesOf(some)));
    assert.equal(got, ['1', '2']);
  });

  test('keeps a place for each sink', async () => {
    const { store, feed } = await open();
    await store.append(named('1', '2'));
    const got: string[] = [];
    for (const sink of ['s', 't', 's', "t' or 1=1"])
      await feed.relay(sink, 1, async (some) => void got.push(`${sink} ${namesOf(some)}`));
    assert.equal(got, ['s 1', 't 1', 's 2', "t' or 1=1 1"]);
  });

  test('keeps arguments back, which are for the local store alone', async () => {
    const { store, feed } = await open();
    const payload = { toolName: 'echo', success: true, argumentsHash: 'abc' };
    const secret = { arguments: { message: 'secret', deep: [{ a: 1 }] }, argumentsCut: true };
    await store.append([
      { ...eventOf('1', 'ToolExecuted'), payload: { ...payload, ...secret } },
      { ...eventOf('2', 'ToolExecuted'), payload: { ...payload, argumentsCut: true } },
    ]);
    const [kept] = await store.events({}, undefined, 1);
    assert.equal(kept?.payload, { ...payload, ...secret });
    const got: unknown[] = [];
    await feed.relay('s', 10, async (some) => void got.push(...some.map((event) => event.payload)));
    assert.equal(got, [payload, { ...payload, argumentsCut: true }]);
  });

  test('lets one at a time deliver to a sink, and others to other sinks', async () => {
    const { store, feed } = await open();
    await store.append(named('1', '2'));
    const begun = Promise.withResolvers<void>();
    const rest = Promise.withResolvers<void>();
    const first = feed.relay('s', 1, () => {
      begun.resolve();
      return rest.promise;
    });
    await begun.promise;
    const never = async () => assert.unreachable('Expected nobody to deliver beside another');
    assert.is(await feed.relay('s', 1, never), 'held elsewhere');
    assert.is(await feed.relay('t', 1, async () => undefined), 1);
    rest.resolve();
    assert.is(await first, 1);
    const got: string[] = [];
    assert.is(await feed.relay('s', 1, async (some) => void got.push(...namesOf(some))), 1);
    assert.equal(got, ['2']);
  });

  test('of many who begin at once one delivers', async () => {
    const { store, feed } = await open();
    await store.append(named('1'));
    let count = 0;
    const relays = Array.from({ length: 10 }, () =>
      feed.relay('s', 10, async () => {
        count += 1;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }),
    );
    const results = await Promise.all(relays);
    assert.is(count, 1);
    assert.equal(
      results.filter((result) => result !== 'held elsewhere'),
      [1],
    );
  });
}
