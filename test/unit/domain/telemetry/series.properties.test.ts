import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { alignRange, bucketCount } from '../../../../src/domain/telemetry/buckets.ts';
import {
  alignSamples,
  downsample,
  type Merge,
  roundValues,
  type Series,
} from '../../../../src/domain/telemetry/series.ts';

const test = suite('series');

const MINUTE = 60_000;
const value = fc
  .double({ noNaN: true, min: -1e12, max: 1e12 })
  .map((one) => (Math.abs(one) < 1e-290 ? 0 : one));
const values = fc.array(fc.option(value), { minLength: 1, maxLength: 300 });
const merges: readonly Merge[] = ['mean', 'sum', 'min', 'max', 'last'];

const seriesOf = (all: readonly (number | null)[]): Series => ({
  labels: {},
  start: 0,
  step: MINUTE,
  values: all,
});
const sumOf = (all: readonly (number | null)[]) => all.reduce<number>((sum, one) => sum + (one ?? 0), 0);

/** Around a change of clocks in Europe: buckets are of UTC and know none. */
const CHANGE = Date.UTC(2026, 9, 25, 1);

test('each sample is in the bucket of its time, over a change of clocks, too', () => {
  const time = fc.integer({ min: CHANGE - 300 * MINUTE, max: CHANGE + 300 * MINUTE });
  fc.assert(
    fc.property(
      fc.array(fc.record({ time, value: fc.constant(1) })),
      fc.constantFrom(1, 5, 15, 60),
      (samples, minutes) => {
        const step = minutes * MINUTE;
        const range = alignRange({ from: CHANGE - 60 * MINUTE, to: CHANGE + 60 * MINUTE }, step);
        const series = alignSamples(samples, { range, step, merge: 'sum', missing: 0 });
        assert.equal(
          [series.start, series.step, series.values.length],
          [range.from, step, bucketCount(range, step)],
        );
        for (const [at, count] of series.values.entries()) {
          const begin = range.from + at * step;
          assert.is(
            count,
            samples.filter((sample) => sample.time >= begin && sample.time < begin + step).length,
          );
        }
      },
    ),
  );
});

test('a bucket without samples is missing, but a count of none is zero', () => {
  const range = { from: 0, to: 3 * MINUTE };
  const samples = [{ time: MINUTE, value: 5 }];
  assert.equal(alignSamples(samples, { range, step: MINUTE }).values, [null, 5, null]);
  assert.equal(alignSamples(samples, { range, step: MINUTE, missing: 0 }).values, [0, 5, 0]);
  assert.equal(alignSamples([], { range, step: MINUTE }).values, [null, null, null]);
});

test('values that are no numbers, and those outside of the range, count for nothing', () => {
  const samples = [Number.NaN, Infinity, -Infinity].map((each, at) => ({ time: at * 1000, value: each }));
  const outside = [
    { time: -1, value: 1 },
    { time: MINUTE, value: 1 },
    { time: Number.NaN, value: 1 },
  ];
  const range = { from: 0, to: MINUTE };
  assert.equal(alignSamples([...samples, ...outside], { range, step: MINUTE }).values, [null]);
});

for (const [merge, expected] of [
  ['mean', 4],
  ['sum', 12],
  ['min', 1],
  ['max', 9],
  ['last', 2],
] as const)
  test(`several samples of a bucket become their ${merge}, in whatever order they come`, () => {
    const samples = [
      { time: 30, value: 2 },
      { time: 10, value: 1 },
      { time: 20, value: 9 },
    ];
    assert.equal(alignSamples(samples, { range: { from: 0, to: MINUTE }, step: MINUTE, merge }).values, [
      expected,
    ]);
    const inOrder = samples.toSorted((a, b) => a.time - b.time).map((sample) => sample.value);
    assert.equal(downsample(seriesOf(inOrder), 1, merge).values, [expected]);
  });

test('a downsampled series has no more buckets than wanted, covers all and keeps what its merge keeps', () => {
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 96 }), (all, most) => {
      const series = seriesOf(all);
      for (const merge of merges) {
        const few = downsample(series, most, merge);
        assert.ok(few.values.length <= most);
        assert.ok(few.values.length * few.step >= all.length * MINUTE);
        assert.ok((few.values.length - 1) * few.step < all.length * MINUTE);
      }
      const present = all.filter((one) => one !== null);
      const sum = sumOf(downsample(series, most, 'sum').values);
      assert.ok(Math.abs(sum - sumOf(all)) <= 1e-9 * present.reduce((size, one) => size + Math.abs(one), 1));
      if (present.length === 0) return;
      const largest = downsample(series, most, 'max').values.filter((one) => one !== null);
      assert.is(Math.max(...largest), Math.max(...present));
    }),
  );
});

test('a series that is short enough stays as it is, and only what is missing whole stays missing', () => {
  const series = seriesOf([1, null, 3]);
  assert.is(downsample(series, 3, 'mean'), series);
  assert.equal(downsample(seriesOf([null, null, null, 4, 6, null]), 3, 'mean').values, [null, 4, 6]);
});

test('a bucket of a hundred thousand samples is merged', () => {
  const samples = Array.from({ length: 200_000 }, (_, at) => ({ time: at % MINUTE, value: at }));
  const range = { from: 0, to: MINUTE };
  assert.equal(alignSamples(samples, { range, step: MINUTE, merge: 'max' }).values, [199_999]);
});

test('rounded values keep three digits of what they range over, and are never longer', () => {
  fc.assert(
    fc.property(values, (all) => {
      const rounded = roundValues(all);
      const present = all.filter((one) => one !== null);
      const spread = Math.max(...present) - Math.min(...present);
      for (const [at, one] of all.entries()) {
        const shown = rounded[at] as number | null;
        if (one === null || shown === null) {
          assert.is(shown, one);
          continue;
        }
        const bound = Math.max(spread / 100, Math.abs(one) * (spread > 0 ? 1e-14 : 1e-5));
        assert.ok(Math.abs(shown - one) <= bound, `${one} became ${shown}, spread ${spread}`);
        assert.ok(String(shown).length <= Math.max(String(one).length, 1));
      }
    }),
    { numRuns: 500 },
  );
});

for (const [given, shown] of [
  [
    [104.34567, 110.98765, 96.12345],
    [104.3, 111, 96.1],
  ],
  [
    [0.00123456, 0.00234567],
    [0.00123, 0.00235],
  ],
  [
    [1_769_868_300, 1_769_868_360],
    [1_769_868_300, 1_769_868_360],
  ],
  [
    [5.123456789, 5.123456789],
    [5.12346, 5.12346],
  ],
  [[1_234_567_890], [1_234_570_000]],
  [
    [0.001, 1e9],
    [0, 1e9],
  ],
  [
    [0, null, 0],
    [0, null, 0],
  ],
] as const)
  test(`${JSON.stringify(given)} are shown as ${JSON.stringify(shown)}`, () => {
    assert.equal(roundValues(given), shown);
  });

test.run();
