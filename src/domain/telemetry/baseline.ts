import { quantile, sortedNumbers, type Values } from './quantile.ts';

/** The normal level of a series, and the distance from it that is usual. */
export interface Baseline {
  readonly median: number;
  /** At least 0; that only where there was one value, 0. */
  readonly scale: number;
}

/** The score of what left the only value that it had. */
export const LARGEST_SCORE = 1000;

/** The part of a median that is no change. */
const MEDIAN_PART = 0.01;

/**
 * Measures how far values stray: the quartile distance, but at least 1 % of the median and, of counts, the root of the median and one,
 * which is what chance alone does to them. Where all that is 0, the largest distance counts.
 * @returns undefined where there are no values
 */
export function baselineOf(values: Values, isCount: boolean): Baseline | undefined {
  const sorted = sortedNumbers(values);
  if (sorted.length === 0) return undefined;
  const median = quantile(sorted, 0.5);
  const quartiles = quantile(sorted, 0.75) - quantile(sorted, 0.25);
  const chance = isCount ? Math.sqrt(Math.max(median, 0) + 1) : 0;
  const scale = Math.max(quartiles, Math.abs(median) * MEDIAN_PART, chance);
  const farthest = Math.max(median - (sorted[0] as number), (sorted.at(-1) as number) - median);
  return { median, scale: scale > 0 ? scale : farthest };
}

/** The distance of a value from the normal level in scales, from 0 to `LARGEST_SCORE`. */
export function scoreOf(value: number, { median, scale }: Baseline): number {
  const distance = Math.abs(value - median);
  return distance === 0 ? 0 : Math.min(distance / scale, LARGEST_SCORE);
}
