import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { civilOf, rfc3339, utcOf } from '../../../../src/domain/telemetry/civil-time.ts';

const test = suite('civil time');

/** From the year 0 to 9999. */
const anyTime = fc.integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 });

test('a time is written as the language itself writes it', () => {
  fc.assert(
    fc.property(anyTime, (time) => {
      assert.is(rfc3339(time), new Date(time).toISOString().replace('.000Z', 'Z'));
    }),
    { numRuns: 2000 },
  );
});

test('what a clock shows is the time that it is read as', () => {
  fc.assert(
    fc.property(anyTime, (time) => {
      assert.is(utcOf(civilOf(time)), time);
    }),
    { numRuns: 2000 },
  );
});

test('every day from 1895 to 2105 follows the one before', () => {
  for (let day = -27_393; day < 49_309; day++) {
    const { year, month, day: ofMonth } = civilOf(day * 86_400_000);
    const date = new Date(day * 86_400_000);
    assert.equal([year, month, ofMonth], [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]);
  }
});

for (const [time, offset, text] of [
  [0, 0, '1970-01-01T00:00:00Z'],
  [1_769_868_300_000, 3_600_000, '2026-01-31T15:05:00+01:00'],
  [1_769_868_300_120, -12_600_000, '2026-01-31T10:35:00.120-03:30'],
  [-1, 0, '1969-12-31T23:59:59.999Z'],
] as const)
  test(`${time} is written as ${text}`, () => {
    assert.is(rfc3339(time, offset), text);
  });

const noon = { year: 2026, month: 1, day: 31, hour: 12, minute: 0, second: 0, millisecond: 0 };
for (const impossible of [
  { month: 0 },
  { month: 13 },
  { day: 0 },
  { day: 32 },
  { month: 2, day: 29 },
  { year: 2100, month: 2, day: 29 },
  { hour: 24 },
  { minute: 60 },
  { second: 61 },
])
  test(`no clock shows ${JSON.stringify(impossible)}`, () => {
    assert.is(utcOf({ ...noon, ...impossible }), undefined);
  });

test('a leap day and a leap second are there', () => {
  assert.is(utcOf({ ...noon, year: 2024, month: 2, day: 29 }), Date.UTC(2024, 1, 29, 12));
  assert.is(utcOf({ ...noon, second: 60, millisecond: 500 }), Date.UTC(2026, 0, 31, 12, 1, 0, 500));
});

test.run();
