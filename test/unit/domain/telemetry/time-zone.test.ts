import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DomainError } from '../../../../src/domain/shared/domain-error.ts';
import { readingsOf, timeZoneOf } from '../../../../src/domain/telemetry/time-zone.ts';

const test = suite('time zone');

const HOUR = 3_600_000;
const utc = (text: string) => Date.parse(`${text}Z`);

/** Clocks that change in both halves of the year, by an hour, by half of one and by two, or never; and some far from UTC. */
const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Antarctica/Troll',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
  'Pacific/Apia',
].map(timeZoneOf);

test('a time is among the readings of what clocks show then', () => {
  const time = fc.integer({ min: utc('1990-01-01T00:00'), max: utc('2035-01-01T00:00') });
  fc.assert(
    fc.property(fc.constantFrom(...zones), time, (zone, at) => {
      const readings = readingsOf(at + zone.offsetAt(at), zone);
      assert.ok(readings.includes(at));
      assert.equal(
        readings,
        readings.toSorted((a, b) => a - b),
      );
    }),
    { numRuns: 1000 },
  );
});

for (const [zone, local, readings] of [
  ['Europe/Berlin', '2026-07-01T12:00', ['2026-07-01T10:00']],
  ['Europe/Berlin', '2026-10-25T12:00', ['2026-10-25T11:00']],
  ['Europe/Berlin', '2026-03-28T12:00', ['2026-03-28T11:00']],
  ['Europe/Berlin', '2026-10-25T02:30', ['2026-10-25T00:30', '2026-10-25T01:30']],
  ['Europe/Berlin', '2026-03-29T02:30', ['2026-03-29T00:30', '2026-03-29T01:30']],
  ['Australia/Lord_Howe', '2026-10-04T02:15', ['2026-10-03T15:15', '2026-10-03T15:45']],
  ['America/New_York', '2026-11-01T01:00', ['2026-11-01T05:00', '2026-11-01T06:00']],
  ['UTC', '2026-03-29T02:30', ['2026-03-29T02:30']],
] as const)
  test(`${local} in ${zone} is ${readings.join(' or ')} UTC`, () => {
    assert.equal(readingsOf(utc(local), timeZoneOf(zone)), readings.map(utc));
  });

test('offsets are those of the day, also to seconds in old times', () => {
  const newYork = timeZoneOf('America/New_York');
  assert.is(newYork.offsetAt(utc('2026-01-01T00:00')), -5 * HOUR);
  assert.is(newYork.offsetAt(utc('2026-07-01T00:00')), -4 * HOUR);
  assert.is(timeZoneOf('Asia/Kathmandu').offsetAt(0), 5.5 * HOUR);
  assert.is(timeZoneOf('Europe/Lisbon').offsetAt(utc('1900-01-01T00:00')), -2_205_000);
});

test('UTC has one name, other zones the one that was given', () => {
  assert.equal(
    ['Etc/UTC', 'gmt', 'Zulu', 'Asia/Kolkata'].map((name) => timeZoneOf(name).name),
    ['UTC', 'UTC', 'UTC', 'Asia/Kolkata'],
  );
});

for (const name of ['Berlin', '', 'Europe/Berlin\n', 'x'.repeat(100)])
  test(`${JSON.stringify(name)} is no time zone`, () => {
    assert.throws(
      () => timeZoneOf(name),
      (error: unknown) => error instanceof DomainError && error.code === 'time.zone-unknown',
    );
  });

test.run();
