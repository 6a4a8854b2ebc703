/** The relative error of a quantile, at most. */
export const QUANTILE_ERROR = 0.01;

/** The end of each bucket is so many times its beginning: its middle is then nowhere farther away than the error. */
const RATIO = (1 + QUANTILE_ERROR) / (1 - QUANTILE_ERROR);
const LOG_RATIO = Math.log(RATIO);

/** Milliseconds that are told apart, from a microsecond to 11 days: there are at most 1,400 buckets. */
const SHORTEST = 0.001;
const LONGEST = 1e9;

/**
 * Any number of durations in bounded memory: counts by buckets whose ends grow by one ratio, as in DDSketch
 * (https://arxiv.org/abs/1908.10693). Quantiles are exact to `QUANTILE_ERROR`, those below a microsecond to a microsecond.
 */
export class LatencyHistogram {
  /** Counts by the power of the ratio at which each bucket ends. */
  private readonly buckets = new Map<number, number>();
  private added = 0;
  private least = Number.POSITIVE_INFINITY;
  private most = 0;

  /** Number of durations. */
  get count(): number {
    return this.added;
  }

  /** The longest duration, exactly; 0 where there is none. */
  get max(): number {
    return this.most;
  }

  /** @param ms finite, and at least 0 */
  add(ms: number): void {
    const toldApart = Math.min(Math.max(ms, SHORTEST), LONGEST);
    this.fill(Math.ceil(Math.log(toldApart) / LOG_RATIO), 1);
    this.least = Math.min(this.least, ms);
    this.most = Math.max(this.most, ms);
  }

  /** Adds all durations of another. */
  merge({ buckets, least, most }: LatencyHistogram): void {
    for (const [bucket, count] of buckets) this.fill(bucket, count);
    this.least = Math.min(this.least, least);
    this.most = Math.max(this.most, most);
  }

  /** The duration that so large a part don't exceed, by nearest rank; 0 where there is none. @param part above 0, at most 1 */
  quantile(part: number): number {
    let rank = Math.ceil(part * this.added);
    for (const [bucket, count] of [...this.buckets].sort(([a], [b]) => a - b)) {
      rank -= count;
      if (rank > 0) continue;
      const middle = (2 * RATIO ** bucket) / (RATIO + 1);
      return Math.min(Math.max(middle, this.least), this.most);
    }
    return this.most;
  }

  private fill(bucket: number, count: number): void {
    this.buckets.set(bucket, (this.buckets.get(bucket) ?? 0) + count);
    this.added += count;
  }
}
