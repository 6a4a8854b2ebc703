import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { TimeBuckets } from '../../../../src/domain/statistics/time-buckets.ts';

const test = suite('time buckets');

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** From the year 0 to 9999: what a date can say. */
const anyTime = fc.integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 });
const span = fc.tuple(
  anyTime,
  fc.oneof(fc.nat({ max: DAY }), fc.nat({ max: 400 * DAY }), anyTime.map(Math.abs)),
);

const usesIn = ({ counts }: TimeBuckets) => counts.reduce((sum, { uses }) => sum + uses, 0);

test('a few buckets cover a span of any length, and begin at multiples of their width', () => {
  fc.assert(
    fc.property(span, ([from, length]) => {
      const { start, widthMs, counts } = new TimeBuckets(from, from + length);
      assert.ok(counts.length >= 1 && counts.length <= 60, `${counts.length}`);
      assert.is(start % widthMs === 0, true);
      assert.ok(start <= from && from < start + widthMs);
      assert.ok(start + counts.length * widthMs > from + length);
      assert.ok(DAY % widthMs === 0 || widthMs % DAY === 0, 'days are not cut in the middle');
    }),
    { numRuns: 1000 },
  );
});

test('a use is in the bucket of its time', () => {
  fc.assert(
    fc.property(span, fc.double({ min: 0, max: 1, noNaN: true }), ([from, length], part) => {
      const time = from + Math.floor(length * part);
      const buckets = new TimeBuckets(from, from + length);
      buckets.add(time, { uses: 2, errors: 1 });
      const at = buckets.counts.findIndex(({ uses }) => uses > 0);
      const begin = buckets.start + at * buckets.widthMs;
      assert.ok(begin <= time && time < begin + buckets.widthMs);
      assert.equal(buckets.counts[at], { uses: 2, errors: 1 });
    }),
  );
});

test('whatever a clock says, nothing is lost, and its jumps count at the ends', () => {
  const times = fc.array(fc.oneof(anyTime, fc.constantFrom(Number.NaN, Infinity, -Infinity)), {
    maxLength: 50,
  });
  fc.assert(
    fc.property(span, times, ([from, length], all) => {
      const buckets = new TimeBuckets(from, from + length);
      for (const time of all) buckets.add(time, { uses: 1, errors: 0 });
      assert.is(usesIn(buckets), all.length);
    }),
  );
  const buckets = new TimeBuckets(0, HOUR - 1);
  for (const time of [-DAY, -1, HOUR, DAY, Number.NaN]) buckets.add(time, { uses: 1, errors: 0 });
  const uses = buckets.counts.map((counts) => counts.uses);
  assert.equal([uses.length, uses.at(0), uses.at(-1)], [60, 2, 3]);
});

test('a span that ends before it begins, as after a clock was set back, is one bucket', () => {
  const buckets = new TimeBuckets(DAY, DAY - HOUR);
  buckets.add(DAY, { uses: 1, errors: 1 });
  assert.equal(buckets.counts, [{ uses: 1, errors: 1 }]);
});

for (const [what, length, minutes, count] of [
  ['an hour', HOUR - 1, 1, 60],
  ['a day', DAY, 30, 49],
  ['a week', 7 * DAY, 180, 57],
  ['thirty days', 30 * DAY, 1440, 31],
  ['a year', 365 * DAY, 8 * 1440, 46],
] as const)
  test(`${what} has buckets of ${minutes} minutes`, () => {
    const { widthMs, counts } = new TimeBuckets(0, length);
    assert.equal([widthMs / 60_000, counts.length], [minutes, count]);
  });

test.run();
