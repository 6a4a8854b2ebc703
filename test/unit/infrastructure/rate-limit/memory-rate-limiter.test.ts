import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { MemoryRateLimiter } from '../../../../src/infrastructure/rate-limit/memory-rate-limiter.ts';
import { ManualClock } from '../../application/manual-clock.ts';

const test = suite('MemoryRateLimiter');

const limit = { perMinute: 60, burst: 1 };

test('the limiter forgets who was quiet the longest where there are too many', () => {
  const limiter = new MemoryRateLimiter(new ManualClock(), 2);
  for (const name of ['a', 'b']) assert.is(limiter.take(name, limit), 0);
  assert.ok(limiter.take('a', limit) > 0); // was heard of again
  assert.is(limiter.take('c', limit), 0); // takes the place of b
  assert.ok(limiter.take('a', limit) > 0);
  assert.is(limiter.take('b', limit), 0);
});

test('the limiter remembers 50,000 unless told otherwise, and no more', () => {
  const limiter = new MemoryRateLimiter(new ManualClock());
  limiter.take('first', limit);
  for (let n = 1; n < 50_000; n += 1) limiter.take(`${n}`, limit);
  assert.ok(limiter.waitFor('first', limit) > 0);
  limiter.take('one more', limit);
  assert.is(limiter.waitFor('first', limit), 0);
});

test.run();
