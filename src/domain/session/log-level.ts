import { nearestName } from '../shared/nearest-name.ts';

/** The severities of RFC 5424, least severe first. */
export const logLevels = [
  'debug',
  'info',
  'notice',
  'warning',
  'error',
  'critical',
  'alert',
  'emergency',
] as const;

export type LogLevel = (typeof logLevels)[number];

/** True if the value is one of the eight RFC 5424 severities. */
export function isLogLevel(value: unknown): value is LogLevel {
  return (logLevels as readonly unknown[]).includes(value);
}

/** True if a message of this level passes a threshold. */
export function passesThreshold(level: LogLevel, threshold: LogLevel): boolean {
  return logLevels.indexOf(level) >= logLevels.indexOf(threshold);
}

const SHORTEST_START = 3;

/** The level that was meant by what is none: mistyped, in capitals, or short, such as "warn". */
export function nearestLevel(text: string): LogLevel | undefined {
  const start = text.toLowerCase();
  const begun = start.length < SHORTEST_START ? [] : logLevels.filter((level) => level.startsWith(start));
  return begun[0] ?? nearestName(text, logLevels);
}
