const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A number with its thousands apart: "1,234,567". */
export const countText = (count: number): string => count.toLocaleString('en-US');

/** A duration to three digits, in the unit that people would choose: "0.42 ms", "12.3 s". */
export function durationText(ms: number): string {
  if (ms < 1000) return `${threeDigits(ms)} ms`;
  if (ms < MINUTE * 1000) return `${threeDigits(ms / 1000)} s`;
  return ms < HOUR * 1000 ? `${threeDigits(ms / MINUTE / 1000)} min` : `${threeDigits(ms / HOUR / 1000)} h`;
}

function threeDigits(value: number): string {
  if (value >= 1e6) return value.toPrecision(3);
  if (value >= 100) return countText(Math.round(value));
  return value.toFixed(value >= 10 ? 1 : 2);
}

/** The length of a part of time: "minute", "3 hours". @param seconds whole minutes */
export function spanText(seconds: number): string {
  if (seconds % DAY === 0) return several(seconds / DAY, 'day');
  return seconds % HOUR === 0 ? several(seconds / HOUR, 'hour') : several(seconds / MINUTE, 'minute');
}

const several = (count: number, unit: string) => (count === 1 ? unit : `${countText(count)} ${unit}s`);

/** A time in UTC, as precise as it matters beside parts of so many seconds: "2026-01-31 14:30", "2026-01-31". */
export const timeText = (time: string, seconds: number): string =>
  seconds % DAY === 0 ? time.slice(0, 10) : time.slice(0, 16).replace('T', ' ');
