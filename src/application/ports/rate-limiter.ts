import type { RateLimit } from '../../domain/policy/token-bucket.ts';
import type { Eventual } from '../eventual.ts';

/** The granted part of a request for several. */
export interface Taken {
  readonly count: number;
  /** Milliseconds after which there may be one more; 0 where all were got. */
  readonly waitMs: number;
}

/** Counts how often things happen, each by its name, by a bucket of tokens that fills with time. */
export interface RateLimiter {
  /** Takes one token. @returns 0, or the milliseconds after which there may be one: then nothing was taken */
  take(name: string, limit: RateLimit): Eventual<number>;
  /** Takes as many tokens as there are, at most so many. One step, however many. */
  takeSome(name: string, limit: RateLimit, most: number): Eventual<Taken>;
  /** Gives a token back that was taken for what did not happen after all. */
  giveBack(name: string, limit: RateLimit): Eventual<void>;
  /** The result that `take` would have; takes nothing. */
  waitFor(name: string, limit: RateLimit): Eventual<number>;
}

/** A rate that holds for each of those whom the limiter counts. */
export interface Rate {
  readonly limiter: RateLimiter;
  readonly limit: RateLimit;
}
