import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createOccurrences } from '../../../src/application/occurrences.ts';
import { CountingIds, ManualClock } from './manual-clock.ts';

const test = suite('occurrences');

test('each has an id of its own and the time of the clock', () => {
  const clock = new ManualClock();
  const occur = createOccurrences(clock, new CountingIds());
  const first = occur();
  clock.advance(1500);
  assert.equal(first, { eventId: 'id-1', occurredAt: '2026-01-01T00:00:00.000Z' });
  assert.equal(occur(), { eventId: 'id-2', occurredAt: '2026-01-01T00:00:01.500Z' });
});

test.run();
