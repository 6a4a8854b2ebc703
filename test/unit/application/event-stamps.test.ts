import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createEventStamps } from '../../../src/application/event-stamps.ts';
import { CountingIds, ManualClock } from './manual-clock.ts';

const test = suite('event-stamps');

test('each stamp has an id of its own and the time of the clock', () => {
  const clock = new ManualClock();
  const nextStamp = createEventStamps(clock, new CountingIds());
  const first = nextStamp();
  clock.advance(1500);
  assert.equal(first, { eventId: 'id-1', occurredAt: '2026-01-01T00:00:00.000Z' });
  assert.equal(nextStamp(), { eventId: 'id-2', occurredAt: '2026-01-01T00:00:01.500Z' });
});

test.run();
