import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DomainError } from '../../../../src/domain/shared/domain-error.ts';
import {
  alignRange,
  bucketCount,
  INTERVALS,
  intervalFor,
  MOST_BUCKETS,
} from '../../../../src/domain/telemetry/buckets.ts';

const test = suite('buckets');

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

const anyRange = fc
  .tuple(fc.integer({ min: 0, max: 4_000_000_000_000 }), fc.integer({ min: 1, max: 96 * DAY }))
  .map(([from, length]) => ({ from, to: from + length }));

test('a range has at most 96 buckets, and more of the next smaller interval', () => {
  fc.assert(
    fc.property(anyRange, (range) => {
      const interval = intervalFor(range);
      const widths = Object.values(INTERVALS);
      const width = INTERVALS[interval];
      const count = bucketCount(alignRange(range, width), width);
      assert.ok(count >= 1 && count <= MOST_BUCKETS, `${count}`);
      const smaller = widths[widths.indexOf(width) - 1];
      if (smaller !== undefined) assert.ok(range.to - range.from > MOST_BUCKETS * smaller);
    }),
    { numRuns: 2000 },
  );
});

test('buckets begin at multiples of their width and hold the range but for a part of one', () => {
  fc.assert(
    fc.property(anyRange, fc.constantFrom(...Object.values(INTERVALS)), (range, width) => {
      const { from, to } = alignRange(range, width);
      assert.equal([from % width, to % width], [0, 0]);
      assert.ok(to >= range.to && to - range.to < width);
      assert.ok(from - range.from < width && range.from - from < width);
      const isShort = range.to - range.from <= MOST_BUCKETS * width;
      assert.ok(from <= range.from || (isShort && bucketCount({ from, to }, width) === MOST_BUCKETS));
    }),
    { numRuns: 2000 },
  );
});

test('what is aligned stays as it is', () => {
  fc.assert(
    fc.property(anyRange, (range) => {
      const width = INTERVALS[intervalFor(range)];
      const aligned = alignRange(range, width);
      assert.equal(alignRange(aligned, width), aligned);
    }),
  );
});

for (const [length, interval] of [
  [1, '1m'],
  [60 * MINUTE, '1m'],
  [96 * MINUTE, '1m'],
  [97 * MINUTE, '5m'],
  [6 * 60 * MINUTE, '5m'],
  [DAY, '15m'],
  [2 * DAY, '30m'],
  [4 * DAY, '1h'],
  [7 * DAY, '6h'],
  [96 * DAY, '1d'],
] as const)
  test(`${length / MINUTE} minutes have buckets of ${interval}`, () => {
    assert.is(intervalFor({ from: 0, to: length }), interval);
  });

test('a longer range has no interval', () => {
  assert.throws(
    () => intervalFor({ from: 0, to: 97 * DAY }),
    (error: unknown) =>
      error instanceof DomainError &&
      error.message.includes('at most 96d') &&
      error.message.includes('got 97d'),
  );
});

test.run();
