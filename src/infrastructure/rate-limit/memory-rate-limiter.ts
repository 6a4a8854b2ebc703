import type { Clock } from '../../application/ports/clock.ts';
import type { RateLimiter, Taken } from '../../application/ports/rate-limiter.ts';
import {
  fill,
  type RateLimit,
  type TokenBucket,
  takeFrom,
  waitFor,
} from '../../domain/policy/token-bucket.ts';

/** So many names are remembered: unauthenticated addresses are many; the first to be forgotten was quiet the longest. */
const MOST_BUCKETS = 50_000;

/** The buckets of this process alone. */
export class MemoryRateLimiter implements RateLimiter {
  private readonly clock: Pick<Clock, 'monotonic'>;
  private readonly most: number;
  /** The one used last is last. */
  private readonly buckets = new Map<string, TokenBucket>();

  constructor(clock: Pick<Clock, 'monotonic'>, most = MOST_BUCKETS) {
    this.clock = clock;
    this.most = most;
  }

  take(name: string, limit: RateLimit): number {
    const bucket = this.filled(name, limit);
    const waitMs = waitFor(bucket, limit);
    this.keep(name, waitMs > 0 ? bucket : takeFrom(bucket, limit, 1));
    return waitMs;
  }

  takeSome(name: string, limit: RateLimit, most: number): Taken {
    const bucket = this.filled(name, limit);
    const count = Math.min(most, Math.floor(bucket.tokens));
    const left = takeFrom(bucket, limit, count);
    this.keep(name, left);
    return { count, waitMs: count === most ? 0 : waitFor(left, limit) };
  }

  giveBack(name: string, limit: RateLimit): void {
    this.keep(name, takeFrom(this.filled(name, limit), limit, -1));
  }

  waitFor(name: string, limit: RateLimit): number {
    return waitFor(this.filled(name, limit), limit);
  }

  private filled(name: string, limit: RateLimit): TokenBucket {
    return fill(this.buckets.get(name), limit, this.clock.monotonic());
  }

  private keep(name: string, bucket: TokenBucket): void {
    this.buckets.delete(name);
    this.buckets.set(name, bucket);
    if (this.buckets.size <= this.most) return;
    for (const oldest of this.buckets.keys()) {
      this.buckets.delete(oldest);
      return;
    }
  }
}
