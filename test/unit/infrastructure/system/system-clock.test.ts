import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { SystemClock } from '../../../../src/infrastructure/system/system-clock.ts';

const test = suite('system-clock');

test('the clock tells the time in UTC, as ISO 8601', () => {
  const before = Date.now();
  const timestamp = new SystemClock().timestamp();
  assert.match(timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.is(new Date(timestamp).toISOString(), timestamp);
  const time = Date.parse(timestamp);
  assert.ok(before <= time && time <= Date.now());
});

test('the clock goes on', async () => {
  const clock = new SystemClock();
  const first = clock.timestamp();
  while (Date.now() <= Date.parse(first)) await new Promise((resolve) => setTimeout(resolve, 1));
  assert.ok(clock.timestamp() > first);
});

test('the clock never goes backwards', () => {
  const clock = new SystemClock();
  const readings = Array.from({ length: 1000 }, () => clock.monotonic());
  assert.equal(
    readings.toSorted((a, b) => a - b),
    readings,
  );
});

test.run();
