import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  changeBetween,
  comparisonRange,
  statisticsOf,
} from '../../../../src/domain/telemetry/series-statistics.ts';
import { timeZoneOf } from '../../../../src/domain/telemetry/time-zone.ts';

const test = suite('series statistics');

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

test('statistics are of the values that are there', () => {
  assert.equal(statisticsOf([null, 4, 1, null, 3, 2]), {
    count: 4,
    min: 1,
    max: 4,
    mean: 2.5,
    p50: 2.5,
    p95: 3.8499999999999996,
    first: 4,
    last: 2,
    missing: 2,
  });
});

test('of a series without values only how many are missing is known', () => {
  assert.equal(statisticsOf([null, null]), { count: 0, missing: 2 });
  assert.equal(statisticsOf([]), { count: 0, missing: 0 });
});

test('the mean of the smallest numbers lies between them', () => {
  const { mean } = statisticsOf([-1.5e-323, -1.5e-323]);
  assert.is(mean, -1.5e-323);
});

test('counts add up, and the figures are in order', () => {
  const values = fc.array(fc.option(fc.double({ noNaN: true, min: -1e9, max: 1e9 })), { maxLength: 200 });
  fc.assert(
    fc.property(values, (all) => {
      const { count, missing, min = 0, p50 = 0, p95 = 0, max = 0, mean = 0 } = statisticsOf(all);
      assert.is(count + missing, all.length);
      const slack = 1e-9 * (Math.abs(min) + Math.abs(max));
      assert.ok(min <= p50 + slack && p50 <= p95 + slack && p95 <= max + slack);
      assert.ok(min - slack <= mean && mean <= max + slack);
    }),
  );
});

const berlin = timeZoneOf('Europe/Berlin');
const utc = (text: string) => Date.parse(`${text}Z`);
for (const [compare, to, step, back] of [
  ['before', '2026-07-02T12:00', HOUR, 6],
  ['day', '2026-07-02T12:00', HOUR, 24],
  ['week', '2026-07-02T12:00', HOUR, 168],
  ['day', '2026-03-29T12:00', HOUR, 23], // the day on which clocks are set forward
  ['day', '2026-10-25T12:00', HOUR, 25],
  ['week', '2026-10-28T12:00', 900_000, 169],
  ['day', '2026-10-25T12:00', 6 * HOUR, 24], // an hour is no whole bucket
] as const)
  test(`six hours to ${to} UTC are compared with those ${back} hours earlier (${compare}, buckets of ${step / HOUR} h)`, () => {
    const range = { from: utc(to) - 6 * HOUR, to: utc(to) };
    const other = comparisonRange(range, { compare, step, zone: berlin });
    assert.equal([range.from - other.from, range.to - other.to], [back * HOUR, back * HOUR]);
  });

test('a compared range is as long and as aligned, in every zone at any time', () => {
  const zone = fc
    .constantFrom('Europe/Berlin', 'Australia/Lord_Howe', 'Africa/Casablanca', 'UTC')
    .map(timeZoneOf);
  const step = fc.constantFrom(60_000, 300_000, 900_000, HOUR, 6 * HOUR, DAY);
  fc.assert(
    fc.property(
      zone,
      step,
      fc.nat({ max: 20_000 }),
      fc.constantFrom('before', 'day', 'week'),
      (inZone, width, at, compare) => {
        const from = utc('2025-01-01T00:00') + at * width;
        const range = { from, to: from + 6 * width };
        const other = comparisonRange(range, { compare, step: width, zone: inZone });
        assert.is(other.to - other.from, range.to - range.from);
        assert.is((range.from - other.from) % width === 0 || width === DAY || width === 6 * HOUR, true);
        const earlier = range.to - other.to;
        assert.ok(compare === 'before' || Math.abs(earlier - (compare === 'day' ? DAY : 7 * DAY)) <= HOUR);
      },
    ),
  );
});

test('a change is told in numbers and, of what was not 0, in percent', () => {
  const change = changeBetween(statisticsOf([10, 10]), statisticsOf([15, 15]));
  assert.equal(change?.mean, { before: 10, now: 15, percent: 50 });
  assert.equal(changeBetween(statisticsOf([-10]), statisticsOf([-5]))?.p95, {
    before: -10,
    now: -5,
    percent: 50,
  });
  assert.equal(changeBetween(statisticsOf([0]), statisticsOf([3]))?.mean, { before: 0, now: 3 });
  assert.is(changeBetween(statisticsOf([null]), statisticsOf([3])), undefined);
  assert.is(changeBetween(statisticsOf([3]), statisticsOf([])), undefined);
});

test.run();
