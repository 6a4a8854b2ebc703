import { type Baseline, baselineOf, scoreOf } from './baseline.ts';
import { quantile, sortedNumbers, type Values } from './quantile.ts';

/*
 * The score is that of BARO's RobustScorer (Pham, Ha and Zhang, Proceedings of the ACM on Software Engineering 1, FSE 2024): distance
 * from the normal median in quartile distances. It departs from it in three things: the window counts by its median and not by its
 * largest point, since one outlier is no change; the scale is never 0; and the score is held against those of windows of normal time,
 * since periodic and autocorrelated series score high without a cause.
 */

/** The judged buckets of a series, by index; all before them are normal time. */
export interface JudgedWindow {
  readonly from: number;
  /** Behind the last. */
  readonly to: number;
}

/** The change of a series from normal time to the window. */
export interface ChangeScore {
  /** Median of normal time. */
  readonly normal: number;
  /** Median of the window. */
  readonly window: number;
  /** Distance of the two in scales, without unit; at least 0. */
  readonly score: number;
  /** The largest score of a placebo window, 0 where there is none. */
  readonly placebo: number;
  /** The scores of all placebo windows, the last first; null for one with too few values. */
  readonly placebos: Values;
}

/** The part of a window's buckets that must have values. */
const LEAST_PRESENT = 0.5;

/**
 * Scores the window of a series, and the placebo windows of its normal time: as long, each half a length before the next.
 * @returns undefined where normal time or the window has too few values to say
 */
export function changeScore(
  values: Values,
  window: JudgedWindow,
  { isCount = false }: { readonly isCount?: boolean } = {},
): ChangeScore | undefined {
  const baseline = baselineOf(values.slice(0, window.from), isCount);
  return baseline && scoreAgainst(baseline, values, window);
}

/** The usual scatter of presence: a series that was always there and ends scores 4. */
const PRESENCE_SCALE = 0.25;

/** Scores the change of a series' presence, 1 for a bucket with a value and 0 for one without: it ended, or it has just begun. */
export function presenceScore(values: Values, window: JudgedWindow): ChangeScore | undefined {
  const presence = values.map((value) => (value === null ? 0 : 1));
  const baseline = baselineOf(presence.slice(0, window.from), false);
  return baseline && scoreAgainst({ ...baseline, scale: PRESENCE_SCALE }, presence, window);
}

function scoreAgainst(
  baseline: Baseline,
  values: Values,
  { from, to }: JudgedWindow,
): ChangeScore | undefined {
  const level = levelOf(values, from, to);
  if (level === undefined) return undefined;
  const placebos = placeboStarts(from, to - from).map((start) => {
    const other = levelOf(values, start, start + to - from);
    return other === undefined ? null : scoreOf(other, baseline);
  });
  const placebo = placebos.reduce<number>((largest, score) => Math.max(largest, score ?? 0), 0);
  return { normal: baseline.median, window: level, score: scoreOf(level, baseline), placebo, placebos };
}

/** The beginnings of the windows of a length within so many buckets of normal time, the last first. */
export function placeboStarts(normal: number, length: number): readonly number[] {
  const step = Math.max(1, Math.floor(length / 2));
  const starts: number[] = [];
  for (let at = normal - length; at >= 0 && length > 0; at -= step) starts.push(at);
  return starts;
}

function levelOf(values: Values, from: number, to: number): number | undefined {
  const sorted = sortedNumbers(values, from, to);
  const isEnough = sorted.length > 0 && sorted.length >= (to - from) * LEAST_PRESENT;
  return isEnough ? quantile(sorted, 0.5) : undefined;
}
