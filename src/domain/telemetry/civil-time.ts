/*
 * Dates of the proleptic Gregorian calendar and days since 1970, by the arithmetic of H. Hinnant, chrono-Compatible Low-Level Date
 * Algorithms: the domain has no clock, and `Date` is one.
 */

const SECOND = 1000;
export const MINUTE: number = 60 * SECOND;
export const HOUR: number = 60 * MINUTE;
export const DAY: number = 24 * HOUR;

/** Years of the calendar's cycle, and its days; it begins on 1 March, so that a leap day ends a year. */
const CYCLE_YEARS = 400;
const CYCLE_DAYS = 146_097;
/** Days from the beginning of year 0's cycle to 1970-01-01. */
const EPOCH_DAYS = 719_468;

/** The time that a clock shows. */
export interface CivilTime {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

/** Milliseconds since 1970 at which a clock of UTC shows the time; undefined for a day or time of day that no clock shows. */
export function utcOf({
  year,
  month,
  day,
  hour,
  minute,
  second,
  millisecond,
}: CivilTime): number | undefined {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 60) return undefined; // a leap second is the next one's beginning
  const time = (hour * 60 + minute) * MINUTE + second * SECOND + millisecond;
  return daysBefore(year, month, day) * DAY + time;
}

/** The time that a clock of UTC shows then. @param time milliseconds since 1970 */
export function civilOf(time: number): CivilTime {
  const days = Math.floor(time / DAY) + EPOCH_DAYS;
  const cycle = Math.floor(days / CYCLE_DAYS);
  const dayOfCycle = days - cycle * CYCLE_DAYS;
  const yearOfCycle = Math.floor(
    (dayOfCycle -
      Math.floor(dayOfCycle / 1460) +
      Math.floor(dayOfCycle / 36_524) -
      Math.floor(dayOfCycle / 146_096)) /
      365,
  );
  const dayOfYear = dayOfCycle - daysOfYears(yearOfCycle);
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const rest = time - Math.floor(time / DAY) * DAY;
  return {
    year: yearOfCycle + cycle * CYCLE_YEARS + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - daysOfMonths(fromMarch) + 1,
    hour: Math.floor(rest / HOUR),
    minute: Math.floor((rest % HOUR) / MINUTE),
    second: Math.floor((rest % MINUTE) / SECOND),
    millisecond: rest % SECOND,
  };
}

function daysBefore(year: number, month: number, day: number): number {
  const fromMarch = month > 2 ? month - 3 : month + 9;
  const yearFromMarch = month > 2 ? year : year - 1;
  const cycle = Math.floor(yearFromMarch / CYCLE_YEARS);
  const days = daysOfYears(yearFromMarch - cycle * CYCLE_YEARS) + daysOfMonths(fromMarch) + day - 1;
  return cycle * CYCLE_DAYS + days - EPOCH_DAYS;
}

const daysOfYears = (years: number) => years * 365 + Math.floor(years / 4) - Math.floor(years / 100);
const daysOfMonths = (fromMarch: number) => Math.floor((153 * fromMarch + 2) / 5);

function daysIn(year: number, month: number): number {
  const [nextYear, nextMonth] = month === 12 ? [year + 1, 1] : [year, month + 1];
  return daysBefore(nextYear, nextMonth, 1) - daysBefore(year, month, 1);
}

/** A time as RFC 3339, to the second unless it has a fraction. @param offset of the zone that it is shown in, milliseconds */
export function rfc3339(time: number, offset = 0): string {
  const { year, month, day, hour, minute, second, millisecond } = civilOf(time + offset);
  const date = `${digits(year, 4)}-${digits(month)}-${digits(day)}`;
  const fraction = millisecond === 0 ? '' : `.${digits(millisecond, 3)}`;
  return `${date}T${digits(hour)}:${digits(minute)}:${digits(second)}${fraction}${offsetText(offset)}`;
}

function offsetText(offset: number): string {
  if (offset === 0) return 'Z';
  const size = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${digits(Math.floor(size / HOUR))}:${digits(Math.floor((size % HOUR) / MINUTE))}`;
}

const digits = (value: number, count = 2) => String(value).padStart(count, '0');
