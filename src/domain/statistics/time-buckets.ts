const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** Widths of a bucket, in milliseconds, up to a day; then each is twice the one before. */
const WIDTHS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720].map((minutes) => minutes * MINUTE);

/** Buckets of a span, at most. */
const MOST = 60;

/** Uses of things, and how many of them failed. */
export interface UseCounts {
  uses: number;
  errors: number;
}

/**
 * Uses over a span of time, in buckets of one width that begin at multiples of it since 1970, UTC: they are the same whenever they
 * are asked for, and no change to or from daylight saving time makes one longer or shorter.
 */
export class TimeBuckets {
  readonly widthMs: number;
  /** Milliseconds since 1970, of the first bucket's beginning. */
  readonly start: number;
  readonly counts: readonly UseCounts[];

  /** @param from milliseconds since 1970 @param until the same; where it is earlier, there is one bucket */
  constructor(from: number, until: number) {
    const widthMs = widthFor(from, until);
    const first = Math.floor(from / widthMs);
    const length = Math.max(1, Math.floor(until / widthMs) - first + 1);
    this.widthMs = widthMs;
    this.start = first * widthMs;
    this.counts = Array.from({ length }, () => ({ uses: 0, errors: 0 }));
  }

  /**
   * Counts uses at a time. One outside of the span comes from a clock that was set wrong, and counts in the bucket nearest to it.
   * @param time milliseconds since 1970; not a number counts in the last
   */
  add(time: number, { uses, errors }: Readonly<UseCounts>): void {
    const last = this.counts.length - 1;
    const index = Math.floor((time - this.start) / this.widthMs);
    const nearest = Number.isNaN(index) ? last : Math.min(Math.max(index, 0), last);
    const counts = this.counts[nearest] as UseCounts;
    counts.uses += uses;
    counts.errors += errors;
  }
}

function widthFor(from: number, until: number): number {
  const fits = (width: number) => Math.floor(until / width) - Math.floor(from / width) < MOST;
  const found = WIDTHS.find(fits);
  if (found !== undefined) return found;
  let width = DAY;
  while (!fits(width)) width *= 2;
  return width;
}
