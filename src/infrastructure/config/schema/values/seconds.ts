import * as v from 'valibot';

const SECONDS_PER_UNIT: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 };

const DURATION = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/;
const PART = /(\d+(?:\.\d+)?)(ms|s|m|h)/g;

/** A duration: seconds as a number or its text, or "500ms", "30s", "2m", "1h30m" as the Go server has them. */
export function seconds(least: number, most: number) {
  const expected = `a number of seconds from ${least} to ${most}, or a text such as "30s" or "500ms"`;
  return v.pipe(
    v.union([v.number(), v.string()], expected),
    v.transform((duration) => (typeof duration === 'string' ? parseSeconds(duration) : duration)),
    v.number(expected),
    v.minValue(least, expected),
    v.maxValue(most, expected),
  );
}

/** The duration in seconds; NaN when it is none. */
export function parseSeconds(duration: string): number {
  const text = duration.trim();
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text);
  if (!DURATION.test(text)) return Number.NaN;
  let milliseconds = 0;
  for (const [, amount, unit = ''] of text.matchAll(PART)) {
    milliseconds += Number(amount) * (SECONDS_PER_UNIT[unit] ?? Number.NaN) * 1000;
  }
  return Math.round(milliseconds) / 1000;
}
