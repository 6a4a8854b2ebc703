import type { LogRecord } from '../../src/domain/telemetry/log-record.ts';

/** A line of the service `web` at 0 ms unless it is said otherwise. */
export const madeLine = (line: Partial<LogRecord> & { readonly body: string }): LogRecord => ({
  timeMs: 0,
  severity: 'INFO',
  service: 'web',
  attributes: {},
  ...line,
});
