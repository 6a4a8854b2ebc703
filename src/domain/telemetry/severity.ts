/** Levels of OpenTelemetry, from the least severe. */
export const severities = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

export type Severity = (typeof severities)[number];

/** OpenTelemetry's number of a level, the first of its four: 1, 5, 9, 13, 17, 21. */
export function severityNumber(severity: Severity): number {
  return severities.indexOf(severity) * 4 + 1;
}
