import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  type Contribution,
  contributionsOf,
  type LoadChange,
} from '../../../../src/domain/telemetry/contribution.ts';
import type { ServiceLoad } from '../../../../src/domain/telemetry/service-load.ts';
import { quietSeries, seededRandom } from '../../../support/seeded-series.ts';

const test = suite('contribution');

const NORMAL = 72;
const WINDOW = 6;
const LENGTH = NORMAL + WINDOW;
const window = { from: NORMAL, to: LENGTH };

/** A shop: services call those behind them, so many times for a request, and take so many milliseconds besides. */
const shop: Readonly<Record<string, { own: number; calls: Readonly<Record<string, number>> }>> = {
  gateway: { own: 5, calls: { web: 1 } },
  web: { own: 20, calls: { orders: 0.5, search: 1 } },
  orders: { own: 30, calls: { database: 3, payment: 0.2 } },
  search: { own: 40, calls: { database: 1 } },
  payment: { own: 80, calls: {} },
  database: { own: 4, calls: {} },
  reports: { own: 500, calls: { database: 20 } },
};
const edges = Object.entries(shop).flatMap(([caller, { calls }]) =>
  Object.keys(calls).map((callee) => ({ caller, callee })),
);

interface Faults {
  /** Milliseconds more that a service takes in the window. */
  readonly slow?: Readonly<Record<string, number>>;
  /** The part of a service's requests that fail in the window, and make their callers' fail. */
  readonly failing?: Readonly<Record<string, number>>;
  /** Times as many requests. */
  readonly surge?: number;
  /** Times as many calls of a callee for a request of a caller. */
  readonly more?: readonly [caller: string, callee: string, times: number];
  /** The buckets of the window in which it is so; by default all. */
  readonly buckets?: number;
}

/** Loads of all services as they follow from requests at the gateway. */
function loadsOf(faults: Faults, seed: number) {
  const random = seededRandom(seed);
  const noise = new Map(
    Object.keys(shop).map((name) => [
      name,
      quietSeries(random, { length: LENGTH, level: 1, noise: 0.05, correlation: 0.5 }),
    ]),
  );
  const traffic = quietSeries(random, {
    length: LENGTH,
    level: 1000,
    noise: 30,
    period: 200,
    amplitude: 150,
  });
  const loads = new Map(
    Object.keys(shop).map((name) => [
      name,
      {
        requests: new Array(LENGTH).fill(0),
        cost: new Array(LENGTH).fill(0),
        failures: new Array(LENGTH).fill(0),
      },
    ]),
  );
  for (let at = 0; at < LENGTH; at++) {
    const isOn = at >= NORMAL && at < NORMAL + (faults.buckets ?? WINDOW);
    const costOf = (name: string): number => {
      const { own, calls } = shop[name] as (typeof shop)[string];
      const mine = own * (noise.get(name)?.[at] ?? 1) + (isOn ? (faults.slow?.[name] ?? 0) : 0);
      return Object.keys(calls).reduce((sum, callee) => sum + timesOf(name, callee) * costOf(callee), mine);
    };
    const failuresOf = (name: string): number => {
      const mine = 0.0005 + (isOn ? (faults.failing?.[name] ?? 0) : 0);
      const { calls } = shop[name] as (typeof shop)[string];
      return Math.min(
        1,
        Object.keys(calls).reduce((sum, callee) => sum + timesOf(name, callee) * failuresOf(callee), mine),
      );
    };
    const timesOf = (caller: string, callee: string) => {
      const [from, to, times = 1] = faults.more ?? [];
      const usual = shop[caller]?.calls[callee] ?? 0;
      return isOn && caller === from && callee === to ? usual * times : usual;
    };
    const send = (name: string, count: number) => {
      const load = loads.get(name);
      if (load) load.requests[at] += count;
      for (const callee of Object.keys(shop[name]?.calls ?? {})) send(callee, count * timesOf(name, callee));
    };
    send('gateway', (traffic[at] as number) * (isOn ? (faults.surge ?? 1) : 1));
    send('reports', 10);
    for (const [name, load] of loads) {
      load.cost[at] = costOf(name);
      load.failures[at] = failuresOf(name);
    }
  }
  return loads;
}

function rank(
  faults: Faults,
  {
    kind = 'cost',
    seed = 1,
    ...more
  }: { kind?: 'cost' | 'failures'; seed?: number } & Partial<LoadChange> = {},
) {
  const loads = new Map<string, ServiceLoad>(
    [...loadsOf(faults, seed)].map(([name, load]) => [name, { requests: load.requests, cost: load[kind] }]),
  );
  return contributionsOf({ loads, edges, entry: 'gateway', window, isCount: kind === 'failures', ...more });
}

const confirmed = (found: readonly Contribution[]) =>
  found.filter(({ strength }) => strength === 'confirmed').map(({ service }) => service);

for (const [name, extra] of [
  ['gateway', 30],
  ['web', 40],
  ['orders', 80],
  ['search', 40],
  ['payment', 400],
  ['database', 20],
] as const)
  test(`a slow ${name} is found first, and none of its callers`, () => {
    for (let seed = 1; seed <= 5; seed++) {
      const found = rank({ slow: { [name]: extra } }, { seed });
      assert.is(confirmed(found)[0], name, JSON.stringify(found));
      assert.ok((found[0]?.share ?? 0) > 0.5, `share ${found[0]?.share}`);
    }
  });

for (const [name, part] of [
  ['web', 0.05],
  ['payment', 0.5],
  ['database', 0.05],
] as const)
  test(`a failing ${name} is found first`, () => {
    for (let seed = 1; seed <= 5; seed++)
      assert.is(confirmed(rank({ failing: { [name]: part } }, { kind: 'failures', seed }))[0], name);
  });

test('a quiet shop hardly ever has a contribution that is confirmed, and a surge of traffic adds none', () => {
  const seeds = Array.from({ length: 40 }, (_, at) => at);
  const quiet = seeds.map((seed) => confirmed(rank({}, { seed })));
  assert.ok(quiet.filter((found) => found.length > 0).length <= 2, JSON.stringify(quiet));
  assert.equal(
    seeds.map((seed) => confirmed(rank({ surge: 3 }, { seed }))),
    quiet,
  );
});

test('a caller that calls more often than usual counts for it, and not the called', () => {
  for (let seed = 1; seed <= 5; seed++) {
    const found = rank({ more: ['orders', 'database', 12] }, { seed });
    assert.equal(confirmed(found), ['orders']);
  }
});

test('what no caller waits for does not count, however much it grows', () => {
  assert.equal(confirmed(rank({ slow: { reports: 5000 } })), []);
  const sent = [...edges, { caller: 'gateway', callee: 'reports' }];
  assert.equal(confirmed(rank({ slow: { reports: 5000 } }, { edges: sent })), []);
});

interface Level {
  readonly requests?: number;
  readonly usual: number;
  readonly now: number;
  /** Part of the cost that it strays; the others' noise can be its own. */
  readonly noise?: number;
  readonly like?: string;
}

/** Loads that are given and not made of calls: of 1000 requests at the usual cost, and then at another. */
function givenLoads(levels: Readonly<Record<string, Level>>) {
  const random = seededRandom(9);
  const waves = new Map(
    Object.keys(levels).map((name) => [name, quietSeries(random, { length: LENGTH, level: 0, noise: 1 })]),
  );
  return new Map<string, ServiceLoad>(
    Object.entries(levels).map(([name, { requests = 1000, usual, now, noise = 0.02, like = name }]) => [
      name,
      {
        requests: new Array(LENGTH).fill(requests),
        cost: (waves.get(like) ?? []).map((wave, at) => (at < NORMAL ? usual : now) + noise * usual * wave),
      },
    ]),
  );
}
const calls = (...names: readonly string[]) =>
  names.map((name) => name.split('>')).map(([caller = '', callee = '']) => ({ caller, callee }));

for (const [what, levels, called, first] of [
  [
    'a callee that works for many others counts up to what its caller takes',
    {
      web: { usual: 100, now: 150 },
      lookup: { usual: 10, now: 60 },
      store: { requests: 100_000, usual: 5, now: 5.3 },
    },
    calls('web>lookup', 'lookup>store'),
    'lookup',
  ],
  [
    'a service that does little but wait is told from what it waits for',
    {
      web: { usual: 100, now: 112 },
      flow: { usual: 62, now: 74, noise: 0.2, like: 'steps' },
      steps: { usual: 60, now: 60, noise: 0.2 },
    },
    calls('web>flow', 'flow>steps'),
    'flow',
  ],
  [
    'a service is found though what it starts, and does not wait for, is noisy',
    { web: { usual: 100, now: 150 }, jobs: { usual: 100, now: 100, noise: 0.5 } },
    calls('web>jobs'),
    'web',
  ],
  [
    'of two ways to a service the one whose callers grew counts',
    {
      web: { usual: 100, now: 150 },
      a: { usual: 20, now: 20 },
      b: { usual: 30, now: 80 },
      database: { usual: 10, now: 60 },
    },
    calls('web>a', 'web>b', 'a>database', 'b>database'),
    'database',
  ],
  ['a service that calls itself counts', { web: { usual: 100, now: 150 } }, calls('web>web', 'web>a'), 'web'],
] as const)
  test(what, () => {
    const found = contributionsOf({ loads: givenLoads(levels), edges: called, entry: 'web', window });
    assert.is(confirmed(found)[0], first, JSON.stringify(found));
  });

test('an incident that is over within the window is judged by the buckets that it had', () => {
  assert.is(confirmed(rank({ slow: { orders: 120 }, buckets: 2 }))[0], 'orders');
});

test('a callee that normal time has not seen counts for its caller', () => {
  const loads = loadsOf({ slow: { orders: 80 } }, 1);
  const unseen = {
    requests: Array.from({ length: LENGTH }, (_, at) => (at < NORMAL ? null : 500)),
    cost: Array.from({ length: LENGTH }, (_, at) => (at < NORMAL ? null : 80)),
  };
  const found = contributionsOf({
    loads: new Map<string, ServiceLoad>([...loads, ['invalid-table', unseen]]),
    edges: [...edges, { caller: 'orders', callee: 'invalid-table' }],
    entry: 'gateway',
    window,
  });
  assert.is(found[0]?.service, 'orders');
  assert.not(found.some(({ service }) => service === 'invalid-table'));
  const alone = contributionsOf({ loads: new Map([['invalid-table', unseen]]), edges: [], window });
  assert.equal(alone, []);
});

test('without known calls every service counts by its whole amount', () => {
  const found = rank({ slow: { search: 60 } }, { edges: [] });
  assert.equal(confirmed(found).slice(0, 3).sort(), ['gateway', 'search', 'web']);
});

test('without an alerting service all are looked at', () => {
  assert.equal(confirmed(rank({ slow: { reports: 5000 } }, { entry: undefined })), ['reports']);
});

test('calls in a circle come to an end, and an entry without loads finds nothing', () => {
  const circle = [...edges, { caller: 'database', callee: 'web' }, { caller: 'web', callee: 'web' }];
  assert.is(confirmed(rank({ slow: { search: 60 } }, { edges: circle }))[0], 'search');
  assert.equal(rank({ slow: { search: 60 } }, { entry: 'nobody' }), []);
});

test('with too little normal time all that is found is weak', () => {
  const loads = new Map<string, ServiceLoad>(
    [...loadsOf({ slow: { orders: 80 } }, 1)].map(([name, { requests, cost }]) => [
      name,
      { requests: requests.slice(60), cost: cost.slice(60) },
    ]),
  );
  const found = contributionsOf({ loads, edges, entry: 'gateway', window: { from: 12, to: 18 } });
  assert.is(found[0]?.service, 'orders');
  assert.ok(found.every(({ strength }) => strength === 'weak'));
});

test('confirmed contributions come before weak ones, each by amount and with the ratio that belongs to it', () => {
  const found = rank({ slow: { orders: 80, search: 15 } });
  const strong = found.filter(({ strength }) => strength === 'confirmed');
  assert.equal(found.slice(0, strong.length), strong);
  assert.equal(
    strong.map(({ ratio }) => ratio),
    strong.map(({ ratio }) => ratio).toSorted((a, b) => b - a),
  );
  assert.ok(strong.every(({ ratio }) => ratio >= 2) && strong.length > 1);
  assert.ok(found.every(({ ratio, amount }) => ratio > 1 && amount > 0));
});

test.run();
