import { DAY } from './civil-time.ts';
import { quantile, sortedNumbers, type Values } from './quantile.ts';
import type { TimeRange } from './time-range.ts';
import type { TimeZone } from './time-zone.ts';

/** Statistics of a series; of one without values there are two. */
export type Statistics = { readonly count: number; readonly missing: number } & Partial<Figures>;

interface Figures {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
  readonly first: number;
  readonly last: number;
}

/** Counts the values and the missing ones of a series, and sums the values up. */
export function statisticsOf(values: Values): Statistics {
  const sorted = sortedNumbers(values);
  const count = sorted.length;
  const missing = values.length - count;
  if (count === 0) return { count, missing };
  const [min, max] = [sorted[0] as number, sorted.at(-1) as number];
  const mean = sorted.reduce((sum, value) => sum + value / count, 0);
  return {
    count,
    min,
    max,
    mean: Math.min(Math.max(mean, min), max), // quotients are rounded, the smallest numbers to 0
    p50: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    first: values.find((value) => value !== null) as number,
    last: values.findLast((value) => value !== null) as number,
    missing,
  };
}

/** The range that another is compared with: as long, right before it, or a day or a week earlier. */
export type Comparison = 'before' | 'day' | 'week';

/**
 * The range to compare an aligned one with, as long and aligned, too. A day earlier is at the same time of day, also over a change of
 * clocks, since people's habits follow them; where buckets are too wide for that it is 24 hours.
 */
export function comparisonRange(
  { from, to }: TimeRange,
  { compare, step, zone }: { readonly compare: Comparison; readonly step: number; readonly zone: TimeZone },
): TimeRange {
  if (compare === 'before') return { from: from - (to - from), to: from };
  const back = compare === 'day' ? DAY : 7 * DAY;
  const change = zone.offsetAt(to) - zone.offsetAt(to - back);
  const shift = change % step === 0 ? back - change : back;
  return { from: from - shift, to: to - shift };
}

/** A figure in the compared range and in this one. */
export interface FigureChange {
  readonly before: number;
  readonly now: number;
  /** Absent where it was 0. */
  readonly percent?: number;
}

/** Compares the means, and the 95th percentiles, of two ranges; undefined where one of them has no values. */
export function changeBetween(
  before: Statistics,
  now: Statistics,
): { readonly mean: FigureChange; readonly p95: FigureChange } | undefined {
  const mean = figureChange(before.mean, now.mean);
  const p95 = figureChange(before.p95, now.p95);
  return mean && p95 && { mean, p95 };
}

function figureChange(before: number | undefined, now: number | undefined): FigureChange | undefined {
  if (before === undefined || now === undefined) return undefined;
  return { before, now, ...(before !== 0 && { percent: (100 * (now - before)) / Math.abs(before) }) };
}
