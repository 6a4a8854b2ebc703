import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DomainError } from '../../../../src/domain/shared/domain-error.ts';
import { describeRange, readRange } from '../../../../src/domain/telemetry/time-range.ts';
import { timeZoneOf } from '../../../../src/domain/telemetry/time-zone.ts';

const test = suite('time range');

const DAY = 86_400_000;
const utc = (text: string) => Date.parse(`${text}Z`);
const now = utc('2026-01-31T14:05:30');
const context = { now, zone: timeZoneOf('UTC'), maxRange: 7 * DAY };

for (const [from, to, start, end] of [
  [undefined, undefined, '2026-01-31T13:05:30', '2026-01-31T14:05:30'],
  ['6h', undefined, '2026-01-31T08:05:30', '2026-01-31T14:05:30'],
  ['6h', '2026-01-20T12:00Z', '2026-01-20T06:00', '2026-01-20T12:00'],
  ['09:00', '11:00', '2026-01-31T09:00', '2026-01-31T11:00'],
  ['22:00', '02:00', '2026-01-30T22:00', '2026-01-31T02:00'],
  ['09:00', '15:00', '2026-01-30T09:00', '2026-01-30T15:00'], // it is not 15:00 yet
  ['09:00', '2026-01-20T12:00Z', '2026-01-20T09:00', '2026-01-20T12:00'],
  ['12:00', '2026-01-20T12:00Z', '2026-01-19T12:00', '2026-01-20T12:00'],
  ['1h', '30m', '2026-01-31T12:35:30', '2026-01-31T13:35:30'],
  ['now-1h', 'now-30m', '2026-01-31T13:05:30', '2026-01-31T13:35:30'],
  ['2h', '2026-02-28T00:00Z', '2026-01-31T12:05:30', '2026-01-31T14:05:30'], // the future has no data
  ['1769868000', '1769868300', '2026-01-31T14:00', '2026-01-31T14:05'],
] as const)
  test(`from ${from} to ${to} is from ${start} to ${end}`, () => {
    assert.equal(readRange({ from, to }, context), { from: utc(start), to: utc(end) });
  });

for (const [from, to, words] of [
  ['8d', 'now', ['at most 7d (platform.max_range)', 'got 8d', 'one after the other']],
  ['2026-01-01', '2026-01-20', ['at most 7d', 'got 19d from 2026-01-01T00:00:00Z to 2026-01-20T00:00:00Z']],
  ['0m', 'now', ['"from" to be before "to", 2026-01-31T14:05:30Z', 'got 2026-01-31T14:05:30Z']],
  [
    '2026-01-31T14:00Z',
    '2026-01-31T13:00Z',
    ['before "to", 2026-01-31T13:00:00Z', 'got 2026-01-31T14:00:00Z'],
  ],
  ['2026-03-01', '2026-03-02', ['before now, 2026-01-31T14:05:30Z', 'got 2026-03-01T00:00:00Z']],
  ['soon', 'now', ['"from" to be a time', 'got "soon"']],
  ['1h', 'later', ['"to" to be a time', 'got "later"']],
] as const)
  test(`from ${from} to ${to} is refused: ${words[0]}`, () => {
    assert.throws(
      () => readRange({ from, to }, context),
      (error: unknown) =>
        error instanceof DomainError &&
        error.kind === 'invalid' &&
        words.every((word) => error.message.includes(word)),
    );
  });

test('local times at a change of clocks give the longer range', () => {
  const berlin = { ...context, zone: timeZoneOf('Europe/Berlin'), now: utc('2026-11-01T00:00') };
  const read = (from: string, to: string) => {
    const range = readRange({ from, to }, berlin);
    return (range.to - range.from) / 3_600_000;
  };
  assert.is(read('2026-10-25T02:00', '2026-10-25T02:30'), 1.5); // 2:00 to 3:00 comes twice
  assert.is(read('2026-10-25T01:00', '2026-10-25T04:00'), 4);
  const spring = { ...berlin, now: utc('2026-03-30T00:00') };
  const range = readRange({ from: '2026-03-29T02:00', to: '2026-03-29T03:00' }, spring); // never comes
  assert.equal(range, { from: utc('2026-03-29T00:00'), to: utc('2026-03-29T01:00') });
});

test('an answer shows both ends in UTC and in the zone, each with its offset then', () => {
  const range = { from: utc('2026-10-24T12:00'), to: utc('2026-10-25T12:00') };
  assert.equal(describeRange(range, timeZoneOf('UTC')), {
    from: '2026-10-24T12:00:00Z',
    to: '2026-10-25T12:00:00Z',
  });
  assert.equal(describeRange(range, timeZoneOf('Europe/Berlin')), {
    from: '2026-10-24T12:00:00Z',
    to: '2026-10-25T12:00:00Z',
    local_from: '2026-10-24T14:00:00+02:00',
    local_to: '2026-10-25T13:00:00+01:00',
    time_zone: 'Europe/Berlin',
  });
});

test('what an answer shows can be asked for again, in every zone', () => {
  const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu').map(timeZoneOf);
  fc.assert(
    fc.property(
      zone,
      fc.integer({ min: 0, max: now - 1 }),
      fc.integer({ min: 1, max: 7 * DAY }),
      (inZone, from, length) => {
        const range = { from, to: Math.min(now, from + length) };
        const shown = describeRange(range, inZone) as Record<string, string>;
        const again = (start: string, end: string) =>
          readRange({ from: shown[start], to: shown[end] }, { ...context, zone: inZone });
        assert.equal(again('from', 'to'), range);
        if (inZone.name !== 'UTC') assert.equal(again('local_from', 'local_to'), range);
      },
    ),
    { numRuns: 300 },
  );
});

test.run();
