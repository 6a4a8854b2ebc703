import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Share } from '../../../../../src/infrastructure/files/search/search-shares.ts';

const test = suite('search shares');

interface Order {
  readonly name: string;
  readonly weight: number;
}

const THREADS = 2;
const all = () => Number.POSITIVE_INFINITY;

/** Threads that work for one share after the other, each for a while. */
class Threads {
  readonly root = new Share<Order>();
  /** Opens a search with some orders. */
  open(owners: readonly string[], orders = 1): Share<Order> {
    const share = this.root.enter(owners);
    for (let order = 0; order < orders; order++) share.add({ name: owners.join('/'), weight: 1 });
    return share;
  }
  begin(most: (total: number) => number = all) {
    const next = this.root.next(THREADS, most);
    next?.share.begin();
    return next;
  }
  name(most: (total: number) => number = all): string | undefined {
    return this.begin(most)?.orders[0]?.name;
  }
}

test('one search alone has every thread', () => {
  const threads = new Threads();
  threads.open(['a', 's', 'x', '1'], 2);
  const one = () => 1;
  assert.is(threads.name(one), 'a/s/x/1');
  assert.is(threads.name(one), 'a/s/x/1');
  assert.is(threads.name(one), undefined);
});

test('who comes after many of another principal, client or expression is next, and the others keep off a thread', () => {
  for (const [many, one] of [
    [
      ['a', 's', 'x'],
      ['b', 's', 'x'],
    ],
    [
      ['a', 's', 'x'],
      ['a', 't', 'x'],
    ],
    [
      ['a', 's', 'x'],
      ['a', 's', 'y'],
    ],
  ] as const) {
    const threads = new Threads();
    for (let search = 0; search < 300; search++) threads.open([...many, String(search)]);
    const [first] = [threads.begin(), threads.begin()];
    threads.open([...one, 'honest'], 2);
    first?.share.finish(2000);
    const step = () => 1;
    const next = threads.begin(step);
    assert.is(next?.orders[0]?.name, [...one, 'honest'].join('/'));
    // The other thread is still at one of the many: they get no second one.
    next?.share.finish(1);
    assert.is(threads.name(step), [...one, 'honest'].join('/'));
    assert.is(threads.begin(step), undefined);
  }
});

test('an honest search that pauses between its orders finds a thread free', () => {
  const threads = new Threads();
  for (let search = 0; search < 9; search++) threads.open(['a', 's', 'x', String(search)]);
  const honest = threads.open(['b', 's', 'y', 'honest']);
  const [first, second] = [threads.begin(), threads.begin()];
  const mine = [first, second].find((begun) => begun?.share === honest);
  assert.ok(mine);
  honest.finish(1);
  assert.is(threads.begin(), undefined);
  honest.add({ name: 'next', weight: 1 });
  assert.is(threads.name(), 'next');
});

test('the time that was used decides among those with as many threads; to come late is no advantage', () => {
  const threads = new Threads();
  const old = threads.open(['a', '1'], 3);
  threads.begin(() => 1);
  old.finish(500);
  threads.open(['b', '2'], 3);
  const late = threads.begin(() => 1)?.share;
  late?.finish(100);
  const names = [threads.name(() => 1), threads.name(() => 1)];
  assert.equal(names, late === old ? ['b/2', 'a/1'] : ['a/1', 'b/2']);
});

test('nothing is kept of what is over, once its thread is free', () => {
  const threads = new Threads();
  const share = threads.open(['a', 's', 'x', '1']);
  threads.begin();
  assert.is([...threads.root.leaves()][0], share);
  share.close();
  assert.is([...threads.root.leaves()][0], share);
  share.finish(1);
  assert.is([...threads.root.leaves()][0], threads.root);
});

test('what is closed takes nothing of a newcomer with its name', () => {
  const threads = new Threads();
  threads.open(['a', '1']).close();
  const next = threads.open(['a', '1']);
  assert.is(threads.begin()?.share, next);
});

test('orders go by weight, at least one, and are taken back', () => {
  const threads = new Threads();
  const share = threads.root.enter(['a']);
  for (const weight of [5, 1, 1, 5]) share.add({ name: 'x', weight });
  const weights = (most: (total: number) => number) =>
    threads.root.next(THREADS, most)?.orders.map((o) => o.weight);
  assert.equal(
    weights((total) => total / 4),
    [5],
  );
  assert.equal(
    weights(() => 2),
    [1, 1],
  );
  assert.is(share.clear().length, 1);
  assert.not.ok(threads.root.hasOrders);
});

test.run();
