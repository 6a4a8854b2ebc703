import { DomainError } from '../shared/domain-error.ts';
import { DAY, HOUR, MINUTE } from './civil-time.ts';
import type { TimeRange } from './time-range.ts';
import { lengthText } from './time-text.ts';

/** Buckets of a series that an answer has, at most. */
export const MOST_BUCKETS = 96;

/** The widths of a bucket that platforms have, in milliseconds. */
export const INTERVALS = {
  '1m': MINUTE,
  '5m': 5 * MINUTE,
  '15m': 15 * MINUTE,
  '30m': 30 * MINUTE,
  '1h': HOUR,
  '6h': 6 * HOUR,
  '12h': 12 * HOUR,
  '1d': DAY,
} as const;

export type Interval = keyof typeof INTERVALS;

/**
 * The smallest interval of which at most 96 make the range.
 * @throws DomainError for a range that no interval makes so
 */
export function intervalFor({ from, to }: TimeRange): Interval {
  const found = Object.entries(INTERVALS).find(([, width]) => to - from <= MOST_BUCKETS * width);
  if (found) return found[0] as Interval;
  throw new DomainError(
    'time.range-invalid',
    'invalid',
    `Expected a range of at most ${MOST_BUCKETS}d, ${MOST_BUCKETS} buckets of a day, got ${lengthText(to - from)}`,
  );
}

/**
 * The range in whole buckets, which begin at multiples of their width since 1970, UTC, whatever clocks do: all that touch the range, but
 * for the first where it is only touched and there would be 97.
 * @param width of a bucket, milliseconds
 */
export function alignRange({ from, to }: TimeRange, width: number): TimeRange {
  const start = Math.floor(from / width) * width;
  const end = Math.ceil(to / width) * width;
  const isOneMore = to - from <= MOST_BUCKETS * width && end - start > MOST_BUCKETS * width;
  return { from: isOneMore ? start + width : start, to: end };
}

/** Buckets of an aligned range. */
export const bucketCount = ({ from, to }: TimeRange, width: number): number =>
  Math.round((to - from) / width);
