/** A bound of how often something may happen. */
export interface RateLimit {
  /** In the long run. */
  readonly perMinute: number;
  /** At once, after a pause. */
  readonly burst: number;
}

/** The rest at some moment; nobody has one before the first time. */
export interface TokenBucket {
  /** Not whole: it fills all the time. */
  readonly tokens: number;
  /** Milliseconds, of a clock that never goes back. */
  readonly at: number;
}

const MS_PER_MINUTE = 60_000;

/** The bucket as it is now. */
export function fill(
  bucket: TokenBucket | undefined,
  { perMinute, burst }: RateLimit,
  now: number,
): TokenBucket {
  if (bucket === undefined) return { tokens: burst, at: now };
  const gained = ((now - bucket.at) * perMinute) / MS_PER_MINUTE;
  return { tokens: Math.min(burst, bucket.tokens + gained), at: now };
}

/** Milliseconds until one token is there, rounded up; 0 when one is. */
export function waitFor({ tokens }: TokenBucket, { perMinute }: RateLimit): number {
  return tokens >= 1 ? 0 : Math.ceil(((1 - tokens) * MS_PER_MINUTE) / perMinute);
}

/** The bucket without so many tokens, or, negative, with those that are given back; never more than it holds. */
export function takeFrom({ tokens, at }: TokenBucket, { burst }: RateLimit, count: number): TokenBucket {
  return { tokens: Math.min(burst, tokens - count), at };
}
