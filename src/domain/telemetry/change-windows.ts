import { placeboStarts } from './change-score.ts';
import { MINUTE } from './civil-time.ts';
import { LEAST_PLACEBOS } from './strength.ts';
import type { TimeRange } from './time-range.ts';

/** The two ranges that are compared around a moment, in whole buckets. */
export interface ChangeWindows {
  /** Milliseconds of a bucket. */
  readonly step: number;
  readonly normal: TimeRange;
  readonly window: TimeRange;
  /** False where normal time has too few placebo windows to confirm anything. */
  readonly isEnough: boolean;
}

export interface WindowRequest {
  readonly moment: number;
  /** Length of normal time, milliseconds; absent: what the placebos take. */
  readonly before?: number | undefined;
  /** Length of the window, milliseconds. */
  readonly after: number;
  readonly now: number;
}

/** A shorter window has buckets of a minute, a longer one of five. */
const SHORT_WINDOW = 15 * MINUTE;

/** An hour of five-minute buckets let 99 % of quiet stretches of real incidents' data pass for changed, six hours a few. */
const LEAST_NORMAL_BUCKETS = 72;

/** So many windows of normal time have more than 20 placebos, which step by half their length. */
const NORMAL_WINDOWS = 11;

/** The ranges to compare: the bucket of the moment is the window's first, and the one that holds now, which is not whole, never in it. */
export function changeWindows({ moment, before, after, now }: WindowRequest): ChangeWindows {
  const step = after < SHORT_WINDOW ? MINUTE : 5 * MINUTE;
  const bucketOf = (time: number) => Math.floor(time / step) * step;
  const length = Math.max(1, Math.ceil(after / step));
  const from = Math.min(bucketOf(moment), bucketOf(now) - step);
  const to = Math.min(from + length * step, bucketOf(now));
  const usual = Math.max(LEAST_NORMAL_BUCKETS, NORMAL_WINDOWS * length);
  const buckets = before === undefined ? usual : Math.max(1, Math.round(before / step));
  return {
    step,
    normal: { from: from - buckets * step, to: from },
    window: { from, to },
    isEnough: placeboStarts(buckets, (to - from) / step).length >= LEAST_PLACEBOS,
  };
}
