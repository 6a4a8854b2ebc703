import { DomainError } from '../shared/domain-error.ts';
import type { JsonObject } from '../shared/json.ts';
import { rfc3339 } from './civil-time.ts';
import { lengthText, readTime } from './time-text.ts';
import type { TimeZone } from './time-zone.ts';

/** A range of time in milliseconds since 1970; `to` lies behind it. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

export interface RangeReading {
  readonly now: number;
  /** The zone of times that don't say theirs. */
  readonly zone: TimeZone;
  /** Milliseconds. */
  readonly maxRange: number;
}

/**
 * Reads both ends of a range. A length in `from` is one before `to`, and a time of day the last one before it. The future has no data:
 * of a range that reaches into it, now is the end. Where a local time comes twice, or never, the range is the longer one.
 * @throws DomainError for a text that is no time, an end before the beginning, and more than the longest range
 */
export function readRange(
  { from = '1h', to = 'now' }: { readonly from?: string | undefined; readonly to?: string | undefined },
  { now, zone, maxRange }: RangeReading,
): TimeRange {
  const end = readTime(to, { argument: 'to', now, zone, prefer: 'later' });
  const until = Math.min(end, now);
  const start = readTime(from, {
    argument: 'from',
    now,
    zone,
    start: { time: until, towards: 'past' },
  });
  if (start >= until) throw noRange(start, { end, now });
  if (until - start > maxRange)
    throw new DomainError(
      'time.range-invalid',
      'invalid',
      `Expected a range of at most ${lengthText(maxRange)} (platform.max_range), got ${lengthText(until - start)} ` +
        `from ${rfc3339(start)} to ${rfc3339(until)}; ask for parts of it, one after the other`,
    );
  return { from: start, to: until };
}

function noRange(start: number, { end, now }: { readonly end: number; readonly now: number }): DomainError {
  const behind = end > now ? `now, ${rfc3339(now)}` : `"to", ${rfc3339(end)}`;
  return new DomainError(
    'time.range-invalid',
    'invalid',
    `Expected "from" to be before ${behind}, got ${rfc3339(start)}`,
  );
}

/** A range for an answer: both ends in UTC and, of another zone, as its clocks show them. */
export function describeRange({ from, to }: TimeRange, zone: TimeZone): JsonObject {
  const utc = { from: rfc3339(from), to: rfc3339(to) };
  if (zone.name === 'UTC') return utc;
  const local = (time: number) => rfc3339(time, zone.offsetAt(time));
  return { ...utc, local_from: local(from), local_to: local(to), time_zone: zone.name };
}
