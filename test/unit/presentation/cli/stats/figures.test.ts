import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  countText,
  durationText,
  spanText,
  timeText,
} from '../../../../../src/presentation/cli/stats/figures.ts';

const test = suite('figures');

for (const [ms, text] of [
  [0, '0.00 ms'],
  [0.0042, '0.00 ms'],
  [0.417, '0.42 ms'],
  [12.34, '12.3 ms'],
  [523.4, '523 ms'],
  [1000, '1.00 s'],
  [59_940, '59.9 s'],
  [60_000, '1.00 min'],
  [5_400_000, '1.50 h'],
  [1e9, '278 h'],
  [1e300, '2.78e+293 h'],
] as const)
  test(`${ms} ms are ${text}`, () => {
    assert.is(durationText(ms), text);
  });

for (const [seconds, text] of [
  [60, 'minute'],
  [1800, '30 minutes'],
  [3600, 'hour'],
  [5400, '90 minutes'],
  [10_800, '3 hours'],
  [86_400, 'day'],
  [1_382_400, '16 days'],
] as const)
  test(`each ${seconds} seconds is each ${text}`, () => {
    assert.is(spanText(seconds), text);
  });

test('thousands stand apart', () => {
  assert.equal([0, 999, 1000, 1_234_567].map(countText), ['0', '999', '1,000', '1,234,567']);
});

test('a time is as precise as it matters', () => {
  const time = '2026-01-31T14:30:59.999Z';
  assert.equal([timeText(time, 1800), timeText(time, 86_400)], ['2026-01-31 14:30', '2026-01-31']);
});

test.run();
