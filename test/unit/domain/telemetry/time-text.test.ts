import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DomainError } from '../../../../src/domain/shared/domain-error.ts';
import {
  lengthText,
  readLength,
  readTime,
  type TimeReading,
} from '../../../../src/domain/telemetry/time-text.ts';
import { timeZoneOf } from '../../../../src/domain/telemetry/time-zone.ts';

const test = suite('time text');

const utc = (text: string) => Date.parse(`${text}Z`);
const inUtc = timeZoneOf('UTC');
const berlin = timeZoneOf('Europe/Berlin');
const now = utc('2026-01-31T14:05:30');

const read = (text: string, more: Partial<TimeReading> = {}) =>
  readTime(text, { argument: 'from', now, zone: inUtc, ...more });

for (const [text, time] of [
  ['now', '2026-01-31T14:05:30'],
  [' NOW ', '2026-01-31T14:05:30'],
  ['90m', '2026-01-31T12:35:30'],
  ['1h30m', '2026-01-31T12:35:30'],
  ['1.5h', '2026-01-31T12:35:30'],
  ['2d', '2026-01-29T14:05:30'],
  ['1w', '2026-01-24T14:05:30'],
  ['30s', '2026-01-31T14:05:00'],
  ['now-90m', '2026-01-31T12:35:30'],
  ['now - 90m', '2026-01-31T12:35:30'],
  ['now+1h', '2026-01-31T15:05:30'],
  ['-90m', '2026-01-31T12:35:30'],
  ['90m ago', '2026-01-31T12:35:30'],
  ['14:05', '2026-01-31T14:05:00'],
  ['14:06', '2026-01-30T14:06:00'],
  ['9:30', '2026-01-31T09:30:00'],
  ['09:30:15', '2026-01-31T09:30:15'],
  ['2026-01-31T14:05:00Z', '2026-01-31T14:05:00'],
  ['2026-01-31t14:05z', '2026-01-31T14:05:00'],
  ['2026-01-31T14:05:00.123456789Z', '2026-01-31T14:05:00.123'],
  ['2026-01-31T15:05:00+01:00', '2026-01-31T14:05:00'],
  ['2026-01-31T10:35:00-0330', '2026-01-31T14:05:00'],
  ['2026-01-31 14:05:00 UTC', '2026-01-31T14:05:00'],
  ['2026-01-31 14:05:00', '2026-01-31T14:05:00'],
  ['2026-01-31', '2026-01-31T00:00:00'],
  ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00'],
  ['1769868300', '2026-01-31T14:05:00'],
  ['1769868300.5', '2026-01-31T14:05:00.500'],
  ['1769868300500', '2026-01-31T14:05:00.500'],
  ['1769868300500123', '2026-01-31T14:05:00.500'],
  ['1769868300500123456', '2026-01-31T14:05:00.500'],
  ['0999999999', '2001-09-09T01:46:39'],
] as const)
  test(`${JSON.stringify(text)} is ${time}`, () => {
    assert.is(read(text), utc(time));
  });

for (const text of [
  '',
  'yesterday',
  '5',
  '90',
  'now 90m',
  'nowish',
  'h',
  '90 m m',
  '24:00',
  '14:60',
  '2026-02-30',
  '2026-13-01T00:00:00Z',
  '2026-01-31T25:00:00Z',
  '2026-01-31T14:05:00+24:00',
  '2026-01-31T14:05:00 Europe/Berlin',
  '999999999d',
  '99999999999999999999',
  '1769868300,5',
  '-1769868300',
  'x'.repeat(200),
  `now${' '.repeat(200_000)}x`,
])
  test(`${JSON.stringify(text.slice(0, 40))} is refused, and what can be written is said`, () => {
    assert.throws(
      () => read(text),
      (error: unknown) =>
        error instanceof DomainError &&
        error.code === 'time.invalid' &&
        error.message.startsWith('Expected "from" to be a time such as "now", "90m", "14:05"') &&
        error.message.length < 250,
    );
  });

for (const [text, prefer, time] of [
  ['2026-07-01T12:00', 'earlier', '2026-07-01T10:00'],
  ['2026-10-25T02:30', 'earlier', '2026-10-25T00:30'],
  ['2026-10-25T02:30', 'later', '2026-10-25T01:30'],
  ['2026-03-29T02:30', 'earlier', '2026-03-29T00:30'],
  ['2026-03-29T02:30', 'later', '2026-03-29T01:30'],
  ['2026-07-01', 'earlier', '2026-06-30T22:00'],
] as const)
  test(`${text} without a zone is ${time} UTC in Berlin, ${prefer} reading`, () => {
    assert.is(read(text, { zone: berlin, prefer }), utc(time));
  });

for (const [text, at, time] of [
  ['02:30', '2026-10-25T00:45', '2026-10-25T00:30'], // the first time
  ['02:30', '2026-10-25T01:45', '2026-10-25T01:30'], // the second time
  ['02:30', '2026-10-25T00:15', '2026-10-24T00:30'],
  ['02:30', '2026-03-29T08:00', '2026-03-29T01:30'], // no clock showed it: half an hour behind 2:00
  ['23:30', '2026-07-01T10:00', '2026-06-30T21:30'],
  ['10:05Z', '2026-07-01T10:10', '2026-07-01T10:05'],
] as const)
  test(`${text} is last ${time} UTC when it is ${at} UTC in Berlin`, () => {
    assert.is(read(text, { zone: berlin, now: utc(at) }), utc(time));
  });

test('a time of day that it is right now is now', () => {
  assert.is(read('14:05', { now: utc('2026-01-31T14:05') }), utc('2026-01-31T14:05'));
});

test('a start moves lengths and times of day to either side of it', () => {
  const past = { time: utc('2026-01-20T12:00'), towards: 'past' } as const;
  const future = { time: now, towards: 'future' } as const;
  assert.is(read('2h', { start: past }), utc('2026-01-20T10:00'));
  assert.is(read('12:00', { start: past }), utc('2026-01-19T12:00'));
  assert.is(read('now-2h', { start: past }), utc('2026-01-31T12:05:30'));
  assert.is(read('2h ago', { start: past }), utc('2026-01-31T12:05:30'));
  assert.is(read('2h', { start: future }), utc('2026-01-31T16:05:30'));
  assert.is(read('+2h', { start: future }), utc('2026-01-31T16:05:30'));
  assert.is(read('09:00', { start: future }), utc('2026-02-01T09:00'));
});

for (const text of ['90m', '6h', '2d', '45s', '1500ms', '', 'm', '1h 30m', '1y'])
  test(`${JSON.stringify(text)} is ${readLength(text) === undefined ? 'no' : 'a'} length`, () => {
    const length = readLength(text);
    assert.is(length !== undefined, ['90m', '6h', '2d', '45s'].includes(text));
    if (length !== undefined) assert.is(lengthText(length), text);
  });

for (const [length, text] of [
  [7 * 86_400_000, '7d'],
  [5_400_000, '90m'],
  [1500, '1.5s'],
] as const)
  test(`${length} ms are written as ${text}`, () => {
    assert.is(lengthText(length), text);
    assert.is(readLength(text), length);
  });

test.run();
