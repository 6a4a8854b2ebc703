import { DomainError } from '../shared/domain-error.ts';
import { shorten } from '../text/utf8.ts';
import { DAY, HOUR, MINUTE, utcOf } from './civil-time.ts';
import { readingsOf, type TimeZone, timeZoneOf } from './time-zone.ts';

/** The circumstances in which the text of a time is read. */
export interface TimeReading {
  /** The argument's name, for messages. */
  readonly argument: string;
  /** Milliseconds since 1970, as all times here. */
  readonly now: number;
  /** The zone of times that don't say theirs. */
  readonly zone: TimeZone;
  /** A length counts from there, and a time of day is the nearest one on that side of it; by default, before now. */
  readonly start?: { readonly time: number; readonly towards: 'past' | 'future' };
  /** The reading of a local time that comes twice or never; by default the earlier one. */
  readonly prefer?: 'earlier' | 'later';
}

/** The end of the year 9999, the last that RFC 3339 can write. */
const LATEST = 253_402_300_799_999;

/** Characters that any form takes, and room around them; spaces without end take the square of their number. */
const LONGEST = 100;

/**
 * Reads a time: `now`; a length such as `90m`, also written `now-90m`, `-90m` or `90m ago`; a time of day; RFC 3339, of which zone and
 * time of day may be missing; seconds or milliseconds since 1970.
 * @returns milliseconds since 1970 @throws DomainError that says what can be written
 */
export function readTime(text: string, reading: TimeReading): number {
  const time = text.length > LONGEST ? undefined : timeOf(text.trim(), reading);
  if (time !== undefined && time >= 0 && time <= LATEST) return time;
  throw new DomainError(
    'time.invalid',
    'invalid',
    `Expected "${reading.argument}" to be a time such as "now", "90m", "14:05", "2026-01-31T14:05:00Z" or 1769868300, ` +
      `got ${JSON.stringify(shorten(text, 60))}`,
  );
}

const timeOf = (text: string, reading: TimeReading): number | undefined =>
  relativeTime(text, reading) ?? timeOfDay(text, reading) ?? dateTime(text, reading) ?? epochTime(text);

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY };
const LENGTH = /^(?:\d{1,9}(?:\.\d{1,3})?[smhdw])+$/;

/**
 * Milliseconds of a length such as "90m", "1h30m" or "2d"; a day has 24 hours, whatever clocks do. Undefined for another text.
 */
export function readLength(text: string): number | undefined {
  if (!LENGTH.test(text)) return undefined;
  const parts = text.matchAll(/([\d.]+)([smhdw])/g);
  return Math.round(
    parts.reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (UNITS[unit] ?? 0), 0),
  );
}

/** A length as it can be read again: "90m", "6h", "2d", in the largest unit that makes it whole. */
export function lengthText(length: number): string {
  const whole = (['d', 'h', 'm', 's'] as const).find((unit) => length % (UNITS[unit] as number) === 0);
  return whole ? `${length / (UNITS[whole] as number)}${whole}` : `${length / 1000}s`;
}

const RELATIVE = /^(now)?\s*([+-])?\s*(\S+?)(\s+ago)?$/i;

function relativeTime(text: string, { now, start }: TimeReading): number | undefined {
  if (text.toLowerCase() === 'now') return now;
  const [, isNow, sign, amount = '', ago] = RELATIVE.exec(text) ?? [];
  const length = readLength(amount.toLowerCase());
  if (length === undefined || (isNow && !sign)) return undefined;
  const isFuture = sign === '+' || (sign === undefined && !ago && start?.towards === 'future');
  const base = isNow || ago ? now : (start?.time ?? now);
  return base + (isFuture ? length : -length);
}

const TIME_OF_DAY = /^(\d{1,2}):(\d\d)(?::(\d\d))?\s?(Z|UTC)?$/i;

/** The nearest time before or behind the start at which clocks show it: of one that was skipped, or comes twice, either reading. */
function timeOfDay(text: string, { now, zone: usual, start }: TimeReading): number | undefined {
  const [found, hour, minute, second, isUtc] = TIME_OF_DAY.exec(text) ?? [];
  if (found === undefined) return undefined;
  const zone = isUtc ? timeZoneOf('UTC') : usual;
  const base = start?.time ?? now;
  const local = base + zone.offsetAt(base);
  const time = utcOf({
    year: 1970,
    month: 1,
    day: 1,
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second ?? 0),
    millisecond: 0,
  });
  if (time === undefined) return undefined;
  const today = Math.floor(local / DAY) * DAY + time;
  const readings = [-DAY, 0, DAY].flatMap((day) => readingsOf(today + day, zone));
  return start?.towards === 'future'
    ? Math.min(...readings.filter((reading) => reading > base))
    : Math.max(...readings.filter((reading) => (start ? reading < base : reading <= base)));
}

const DATE_TIME =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?(Z|UTC|[+-]\d\d:?\d\d)?)?$/i;

function dateTime(text: string, { zone, prefer }: TimeReading): number | undefined {
  const [found, year, month, day, hour, minute, second, fraction, offset] = DATE_TIME.exec(text) ?? [];
  if (found === undefined) return undefined;
  const local = utcOf({
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    millisecond: Number((fraction ?? '').padEnd(3, '0').slice(0, 3)),
  });
  if (local === undefined) return undefined;
  if (offset !== undefined) {
    const ahead = readOffset(offset);
    return ahead === undefined ? undefined : local - ahead;
  }
  const readings = readingsOf(local, zone);
  return prefer === 'later' ? readings.at(-1) : readings[0];
}

function readOffset(text: string): number | undefined {
  if (/^(?:Z|UTC)$/i.test(text)) return 0;
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(-2));
  if (hours > 23 || minutes > 59) return undefined;
  return (text.startsWith('-') ? -1 : 1) * (hours * HOUR + minutes * MINUTE);
}

/** Digits of seconds are from 9, in 1973, to 11; milliseconds have three more, and what rows of telemetry have three or six more still. */
function epochTime(text: string): number | undefined {
  if (!/^\d{9,19}(?:\.\d{1,9})?$/.test(text)) return undefined;
  const finer = Math.floor((text.split('.', 1)[0] as string).length / 3) - 3;
  return Math.floor((Number(text) * 1000) / 1000 ** finer);
}
