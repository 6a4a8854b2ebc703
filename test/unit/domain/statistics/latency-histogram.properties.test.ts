import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { LatencyHistogram, QUANTILE_ERROR } from '../../../../src/domain/statistics/latency-histogram.ts';

const test = suite('latency histogram');

const MICROSECOND = 0.001;

/** Durations of every size that is told apart, and many of the same. */
const durations = fc.array(
  fc.oneof(
    fc.double({ min: -3, max: 9, noNaN: true }).map((power) => 10 ** power),
    fc.constantFrom(0, MICROSECOND, 1, 1e9),
    fc.double({ min: 0, max: MICROSECOND, noNaN: true }),
  ),
  { minLength: 1, maxLength: 300 },
);
const parts = fc.constantFrom(0.001, 0.5, 0.95, 0.99, 1);

function histogramOf(values: readonly number[]): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (const value of values) histogram.add(value);
  return histogram;
}

const nearestRank = (values: readonly number[], part: number) =>
  values.toSorted((a, b) => a - b)[Math.ceil(part * values.length) - 1] as number;

test('a quantile is as near to the nearest rank as it says', () => {
  fc.assert(
    fc.property(durations, parts, (values, part) => {
      const exact = nearestRank(values, part);
      const error = Math.abs(histogramOf(values).quantile(part) - exact);
      const bound = Math.max(exact * QUANTILE_ERROR, MICROSECOND) * (1 + 1e-9);
      assert.ok(error <= bound, `${error} is more than ${bound} for ${exact}`);
    }),
    { numRuns: 1000 },
  );
});

test('merged histograms are the same as one of all durations', () => {
  fc.assert(
    fc.property(fc.array(durations, { maxLength: 5 }), parts, (groups, part) => {
      const merged = new LatencyHistogram();
      for (const values of groups) merged.merge(histogramOf(values));
      const whole = histogramOf(groups.flat());
      assert.equal(
        [merged.count, merged.max, merged.quantile(part)],
        [whole.count, whole.max, whole.quantile(part)],
      );
    }),
  );
});

test('count and maximum are exact, and quantiles grow with the part', () => {
  fc.assert(
    fc.property(durations, (values) => {
      const histogram = histogramOf(values);
      assert.is(histogram.count, values.length);
      assert.is(histogram.max, Math.max(...values));
      const quantiles = [0.1, 0.5, 0.9, 1].map((part) => histogram.quantile(part));
      assert.equal(
        quantiles,
        quantiles.toSorted((a, b) => a - b),
      );
      assert.ok((quantiles.at(-1) as number) <= histogram.max);
    }),
  );
});

test('without durations everything is 0', () => {
  const empty = new LatencyHistogram();
  empty.merge(new LatencyHistogram());
  assert.equal([empty.count, empty.max, empty.quantile(0.5)], [0, 0, 0]);
});

test('durations beyond those that are told apart share the buckets at the ends', () => {
  const histogram = histogramOf(Array.from({ length: 601 }, (_, at) => 10 ** (at - 300)));
  assert.equal([histogram.count, histogram.max], [601, 1e300]);
  const quantiles = Array.from({ length: 601 }, (_, at) => histogram.quantile((at + 1) / 601));
  assert.is(new Set(quantiles).size, 13, 'a bucket for each power from -3 to 9');
  assert.ok(histogram.quantile(0.001) <= MICROSECOND);
  assert.ok(histogram.quantile(1) >= 1e9 * (1 - QUANTILE_ERROR));
});

test.run();
