/** So many of so many. */
export interface Share {
  readonly count: number;
  /** At least the count. */
  readonly of: number;
}

/** The surprise that chance alone reaches once in a thousand times, by the χ² distribution with one degree of freedom. */
export const RARE_SURPRISE = 10.83;

/**
 * Measures the surprise if two shares came from the same source: the log-likelihood ratio G² of T. Dunning, "Accurate methods for the
 * statistics of surprise and coincidence" (Computational Linguistics 19, 1993), which also holds for what is rare. Nothing departs in the
 * formula; but since log lines and requests come in bursts, it ranks, and what it is worth is told by placebos, not by χ².
 * @returns at least 0, the same in either order; 0 where one is of nothing
 */
export function logLikelihoodRatio(a: Share, b: Share): number {
  if (a.of === 0 || b.of === 0) return 0;
  const part = (a.count + b.count) / (a.of + b.of);
  const sum =
    gain(a.count, a.of * part) +
    gain(b.count, b.of * part) +
    gain(a.of - a.count, a.of * (1 - part)) +
    gain(b.of - b.count, b.of * (1 - part));
  return Math.max(0, 2 * sum);
}

const gain = (seen: number, expected: number) => (seen > 0 ? seen * Math.log(seen / expected) : 0);
