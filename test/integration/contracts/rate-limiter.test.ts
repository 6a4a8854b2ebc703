import { suite } from 'uvu';
import { MemoryRateLimiter } from '../../../src/infrastructure/rate-limit/memory-rate-limiter.ts';
import { rateLimiterContract } from '../../support/contract-rate-limiter.ts';
import { ManualClock } from '../../unit/application/manual-clock.ts';

const memory = suite('RateLimiter: memory');
rateLimiterContract(memory, () => {
  const clock = new ManualClock();
  return { limiter: new MemoryRateLimiter(clock), pass: (ms) => clock.advance(ms) };
});
memory.run();
