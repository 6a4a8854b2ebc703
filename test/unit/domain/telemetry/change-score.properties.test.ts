import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { baselineOf, LARGEST_SCORE, scoreOf } from '../../../../src/domain/telemetry/baseline.ts';
import { changeScore, placeboStarts, presenceScore } from '../../../../src/domain/telemetry/change-score.ts';
import { barOf, LEAST_RATIO, ratioOf, strengthOf } from '../../../../src/domain/telemetry/strength.ts';
import { quietSeries, type SeriesShape, seededRandom } from '../../../support/seeded-series.ts';

const test = suite('change score');

const NORMAL = 72;
const WINDOW = 6;
const window = { from: NORMAL, to: NORMAL + WINDOW };

/** Whole numbers, so that moving and stretching them loses no digits. */
const values = fc.array(fc.option(fc.integer({ min: -1000, max: 1000 }), { freq: 8 }), {
  minLength: NORMAL + WINDOW,
  maxLength: NORMAL + WINDOW,
});

const isNear = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));

test('the score of a change is the same in another unit', () => {
  fc.assert(
    fc.property(values, fc.constantFrom(1e-9, 0.001, 1024, 1e9, -60), (all, unit) => {
      const score = changeScore(all, window);
      const other = changeScore(
        all.map((value) => (value === null ? null : value * unit)),
        window,
      );
      assert.is(score === undefined, other === undefined);
      if (!score || !other) return;
      assert.ok(isNear(score.score, other.score) && isNear(score.placebo, other.placebo));
      assert.is(strengthOf(score), strengthOf(other));
    }),
  );
});

test('the score of a change is the same from another zero, as far as the scatter is above its floor', () => {
  fc.assert(
    fc.property(values, fc.integer({ min: -500, max: 500 }), (all, offset) => {
      const scattered = all.map((value, at) => (value === null ? null : value + (at % 4) * 100));
      const score = changeScore(scattered, window);
      const other = changeScore(
        scattered.map((value) => (value === null ? null : value + offset)),
        window,
      );
      if (score && other) assert.ok(isNear(score.score, other.score) && isNear(score.placebo, other.placebo));
    }),
  );
});

test('a score is a number from 0 to the largest, whatever the values are', () => {
  const anything = fc.array(
    fc.option(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, 1, 1e-300))),
    { minLength: 2, maxLength: 60 },
  );
  fc.assert(
    fc.property(anything, fc.nat(), fc.boolean(), (all, place, isCount) => {
      const from = 1 + (place % (all.length - 1));
      const score = changeScore(all, { from, to: all.length }, { isCount });
      if (score === undefined) return;
      for (const one of [score.score, score.placebo, ...score.placebos])
        assert.ok(one === null || (one >= 0 && one <= LARGEST_SCORE), `${one}`);
    }),
    { numRuns: 500 },
  );
});

test('the order of normal values does not matter for the score', () => {
  const random = seededRandom(1);
  const all = quietSeries(random, { length: NORMAL + WINDOW });
  const shuffled = [...all.slice(0, NORMAL).sort(), ...all.slice(NORMAL)];
  assert.is(changeScore(all, window)?.score, changeScore(shuffled, window)?.score);
});

test('one outlier is no change, and a step is one', () => {
  const all = quietSeries(seededRandom(2), { length: NORMAL + WINDOW });
  const outlier = all.with(NORMAL + 2, 10_000);
  assert.is(strengthOf(changeScore(outlier, window) as never), undefined);
  const step = all.map((value, at) => (at >= NORMAL ? value + 30 : value));
  assert.is(strengthOf(changeScore(step, window) as never), 'confirmed');
});

for (const [what, all, isCount, scale] of [
  ['steady values have 1 % of their median as scale', [200, 200, 200, 200], false, 2],
  ['scattered values have their quartile distance', [10, 20, 30, 40, 50], false, 20],
  ['counts have at least the root of their median and one', [8, 8, 8], true, 3],
  ['counts of nothing have a scale of one', [0, 0, 0], true, 1],
  ['values that are nearly always 0 have the largest distance', [0, 0, 0, 0, 0, 0, 5], false, 5],
  ['values that are always 0 have none', [0, 0, 0], false, 0],
] as const)
  test(what, () => {
    assert.is(baselineOf(all, isCount)?.scale, scale);
  });

test('what leaves the only value that it had has the largest score, and what stays has none', () => {
  const baseline = baselineOf([0, 0, 0], false) as never;
  assert.equal([scoreOf(0, baseline), scoreOf(1e-9, baseline)], [0, LARGEST_SCORE]);
});

test('placebo windows step by half their length, from the end of normal time', () => {
  assert.equal(placeboStarts(20, 6), [14, 11, 8, 5, 2]);
  assert.equal(placeboStarts(4, 3), [1, 0]);
  assert.equal(placeboStarts(2, 1), [1, 0]);
  assert.equal(placeboStarts(5, 6), []);
});

test('a window and a placebo window count with values in half of their buckets', () => {
  const some = (present: number) => [
    ...new Array(NORMAL).fill(1),
    ...Array.from({ length: WINDOW }, (_, at) => (at < present ? 2 : null)),
  ];
  assert.is(changeScore(some(2), window), undefined);
  assert.is(changeScore(some(3), window)?.window, 2);
  const sparse = some(6).fill(null, 0, 70).with(60, 5);
  assert.equal(
    changeScore(sparse, window)?.placebos.filter((score) => score !== null),
    [],
  );
  assert.is(changeScore(some(6).fill(null, 0, NORMAL), window), undefined);
});

test('too little normal time makes every change weak', () => {
  const step = (normal: number) => [
    ...quietSeries(seededRandom(3), { length: normal }),
    ...quietSeries(seededRandom(4), { length: WINDOW, level: 200 }),
  ];
  for (const [normal, strength] of [
    [12, 'weak'],
    [60, 'weak'], // 19 placebos
    [63, 'confirmed'], // 20
  ] as const) {
    const change = changeScore(step(normal), { from: normal, to: normal + WINDOW });
    assert.is(strengthOf(change as never), strength, `${normal}`);
  }
});

test('a change is confirmed from two scales and twice the placebo on, and weak from above the placebo on', () => {
  const placebos = new Array(20).fill(0);
  for (const [score, placebo, strength] of [
    [1.99, 0, undefined],
    [2, 0, 'confirmed'],
    [2, 2, undefined],
    [3.9, 2, 'weak'],
    [4, 2, 'confirmed'],
  ] as const)
    assert.is(
      strengthOf({ normal: 0, window: 0, score, placebo, placebos }),
      strength,
      `${score} ${placebo}`,
    );
  assert.is(strengthOf({ normal: 0, window: 0, score: 6, placebo: 2, placebos }, 3.5), 'weak');
  assert.is(ratioOf({ score: 6, placebo: 2 }), 3);
  assert.is(ratioOf({ score: 6, placebo: 0.1 }), 6);
});

test('a series that ends, or begins, is a change of its presence', () => {
  const ended = [...new Array(NORMAL).fill(5), ...new Array(WINDOW).fill(null)];
  assert.equal(presenceScore(ended, window)?.score, 4);
  assert.is(strengthOf(presenceScore(ended, window) as never), 'confirmed');
  const begun = ended.map((value) => (value === null ? 5 : null));
  assert.is(strengthOf(presenceScore(begun, window) as never), 'confirmed');
  const always = new Array(NORMAL + WINDOW).fill(5);
  assert.is(strengthOf(presenceScore(always, window) as never), undefined);
  const withGaps = ended.map((value, at) => (at % 20 < 8 ? null : value));
  assert.is(strengthOf(presenceScore(withGaps, window) as never), undefined);
});

const shapes: readonly Omit<SeriesShape, 'length'>[] = [0, 0.6, 0.9].flatMap((correlation) =>
  [0, 12, 60, 288].map((period) => ({ correlation, period })),
);

test('of quiet series, periodic or autocorrelated, hardly one in a hundred passes for changed', () => {
  for (const [normal, length] of [
    [72, 3],
    [72, 6],
    [264, 24],
  ] as const) {
    const random = seededRandom(normal + length);
    const flagged = shapes.flatMap((shape) =>
      Array.from({ length: 120 }, () => {
        const all = quietSeries(random, { ...shape, length: normal + length });
        return strengthOf(changeScore(all, { from: normal, to: normal + length }) as never);
      }).filter((strength) => strength === 'confirmed'),
    );
    assert.ok(flagged.length <= 1.2 * shapes.length, `${flagged.length} with windows of ${length}`);
  }
});

test('an hour of five-minute buckets confirms nothing', () => {
  const random = seededRandom(5);
  for (let run = 0; run < 400; run++) {
    const all = quietSeries(random, { length: 12 + 3, correlation: 0.6 });
    assert.is.not(strengthOf(changeScore(all, { from: 12, to: 15 }) as never), 'confirmed');
  }
});

/** Series that stray now and then for a while, as queues and caches do: each has few placebo windows like these. */
function burstySeries(random: () => number, length: number): number[] {
  const all = quietSeries(random, { length, noise: 1 });
  for (let at = 0; at < length; at++) {
    if (random() > 0.02) continue;
    const height = 10 / (0.05 + random());
    for (let end = at + 2 + Math.floor(random() * 5); at < Math.min(end, length); at++)
      all[at] = (all[at] as number) + height;
  }
  return all;
}

test('of many series that are judged together hardly a moment in twenty has one that passes for changed', () => {
  const random = seededRandom(6);
  let alone = 0;
  let together = 0;
  const runs = 40;
  for (let run = 0; run < runs; run++) {
    const changes = Array.from({ length: 100 }, () => burstySeries(random, NORMAL + WINDOW)).flatMap(
      (all) => changeScore(all, window) ?? [],
    );
    const bar = barOf(changes);
    const confirmed = (least?: number) => changes.some((change) => strengthOf(change, least) === 'confirmed');
    if (confirmed()) alone += 1;
    if (confirmed(bar)) together += 1;
  }
  assert.ok(alone / runs > 0.5, `${alone} of ${runs} moments by the rule for one series`);
  assert.ok(together / runs <= 0.1, `${together} of ${runs}`);
});

test('the bar is no lower than twice the placebo, and a clear change is above it', () => {
  const random = seededRandom(7);
  const quiet = Array.from({ length: 100 }, () =>
    changeScore(quietSeries(random, { length: NORMAL + WINDOW }), window),
  );
  const step = quietSeries(random, { length: NORMAL + WINDOW }).map((value, at) =>
    at >= NORMAL ? value + 60 : value,
  );
  const changes = [...quiet, changeScore(step, window)].filter((change) => change !== undefined);
  const bar = barOf(changes);
  assert.ok(bar >= LEAST_RATIO);
  assert.is(changes.filter((change) => strengthOf(change, bar) === 'confirmed').length, 1);
  assert.is(barOf([]), LEAST_RATIO);
});

/** A list that counts how often its values are read. */
function counted(length: number) {
  let reads = 0;
  const list = new Proxy(quietSeries(seededRandom(8), { length }), {
    get: (target, name, receiver) => {
      if (typeof name === 'string' && /^\d+$/.test(name)) reads += 1;
      return Reflect.get(target, name, receiver);
    },
  });
  return { list, reads: () => reads };
}

test('a series of ten times the length is read ten times as often', () => {
  const readsOf = (length: number) => {
    const { list, reads } = counted(length);
    changeScore(list, { from: length - 6, to: length });
    return reads();
  };
  assert.ok(readsOf(20_000) < readsOf(2000) * 11);
});

test.run();
