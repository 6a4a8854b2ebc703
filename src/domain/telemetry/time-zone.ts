import { DomainError } from '../shared/domain-error.ts';
import { shorten } from '../text/utf8.ts';
import { DAY, HOUR, MINUTE } from './civil-time.ts';

/** A time zone of the IANA database. */
export interface TimeZone {
  readonly name: string;
  /** Milliseconds that its clocks are ahead of UTC at a time. */
  offsetAt(time: number): number;
}

/** @throws DomainError for a name that the runtime's database has not */
export function timeZoneOf(name: string): TimeZone {
  const format = formatOf(name);
  if (format === undefined)
    throw new DomainError(
      'time.zone-unknown',
      'invalid',
      `Expected a time zone of the IANA database such as "UTC" or "Europe/Berlin", got ${JSON.stringify(shorten(name, 60))}`,
    );
  if (format.resolvedOptions().timeZone === 'UTC') return { name: 'UTC', offsetAt: () => 0 };
  return { name, offsetAt: (time) => offsetIn(format.format(time)) };
}

function formatOf(name: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  } catch {
    return undefined;
  }
}

/** As the format ends: "GMT", "GMT+05:30", in old times with seconds. */
const OFFSET = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/;

function offsetIn(formatted: string): number {
  const [, sign, hours = 0, minutes = 0, seconds = 0] = OFFSET.exec(formatted) ?? [];
  const offset = Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * 1000;
  return sign === '-' ? -offset : offset;
}

/**
 * The times at which a zone's clocks show a local time, earliest first: one mostly; two where it comes twice, since the clocks were set
 * back; where it was skipped, since they were set forward, the two that it would be by the offsets before and after.
 * @param local milliseconds since 1970 by that clock
 */
export function readingsOf(local: number, zone: TimeZone): readonly [number, ...number[]] {
  const [first, second] = [local + DAY, local - DAY].map((near) => local - zone.offsetAt(near)) as [
    number,
    number,
  ];
  if (first === second) return [first];
  const shown = [first, second].filter((time) => time + zone.offsetAt(time) === local);
  const readings = shown.length > 0 ? shown : [first, second];
  return readings.sort((a, b) => a - b) as [number, ...number[]];
}
