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

/** Lets shares take turns, each of which takes a thread for a while. */
class Turns {
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
  const turns = new Turns();
  turns.open(['a', 's', 'x', '1'], 2);
  const one = () => 1;
  assert.is(turns.name(one), 'a/s/x/1');
  assert.is(turns.name(one), 'a/s/x/1');
  assert.is(turns.name(one), undefined);
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
    const turns = new Turns();
    for (let search = 0; search < 300; search++) turns.open([...many, String(search)]);
    const [first] = [turns.begin(), turns.begin()];
    turns.open([...one, 'honest'], 2);
    first?.share.finish(2000);
    const step = () => 1;
    const next = turns.begin(step);
    assert.is(next?.orders[0]?.name, [...one, 'honest'].join('/'));
    // The other thread is still at one of the many: they get no second one.
    next?.share.finish(1);
    assert.is(turns.name(step), [...one, 'honest'].join('/'));
    assert.is(turns.begin(step), undefined);
  }
});

test('an honest search that pauses between its orders finds a thread free', () => {
  const turns = new Turns();
  for (let search = 0; search < 9; search++) turns.open(['a', 's', 'x', String(search)]);
  const honest = turns.open(['b', 's', 'y', 'honest']);
  const [first, second] = [turns.begin(), turns.begin()];
  const mine = [first, second].find((turn) => turn?.share === honest);
  assert.ok(mine);
  honest.finish(1);
  assert.is(turns.begin(), undefined);
  honest.add({ name: 'next', weight: 1 });
  assert.is(turns.name(), 'next');
});

test('the time that was used decides among those with as many threads; to come late is no advantage', () => {
  const turns = new Turns();
  const old = turns.open(['a', '1'], 3);
  turns.begin(() => 1);
  old.finish(500);
  turns.open(['b', '2'], 3);
  const late = turns.begin(() => 1)?.share;
  late?.finish(100);
  const names = [turns.name(() => 1), turns.name(() => 1)];
  assert.equal(names, late === old ? ['b/2', 'a/1'] : ['a/1', 'b/2']);
});

test('nothing is kept of what is over, once its thread is free', () => {
  const turns = new Turns();
  const share = turns.open(['a', 's', 'x', '1']);
  turns.begin();
  assert.is([...turns.root.leaves()][0], share);
  share.close();
  assert.is([...turns.root.leaves()][0], share);
  share.finish(1);
  assert.is([...turns.root.leaves()][0], turns.root);
});

test('what is closed takes nothing of a newcomer with its name', () => {
  const turns = new Turns();
  turns.open(['a', '1']).close();
  const next = turns.open(['a', '1']);
  assert.is(turns.begin()?.share, next);
});

test('orders go by weight, at least one, and are taken back', () => {
  const turns = new Turns();
  const share = turns.root.enter(['a']);
  for (const weight of [5, 1, 1, 5]) share.add({ name: 'x', weight });
  const weights = (most: (total: number) => number) =>
    turns.root.next(THREADS, most)?.orders.map((o) => o.weight);
  assert.equal(
    weights((total) => total / 4),
    [5],
  );
  assert.equal(
    weights(() => 2),
    [1, 1],
  );
  assert.is(share.clear().length, 1);
  assert.not.ok(turns.root.hasOrders);
});

test.run();
