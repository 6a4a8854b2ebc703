/** Facts that go with a log line. Never arguments, file contents or secrets. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export type LogThreshold = 'error' | 'warn' | 'info' | 'debug';

/** A log for the server's operator. Writing never throws and never waits. */
export interface Logger {
  /** True if a line of this level would be written: ask before computing costly fields. */
  enabled(level: LogThreshold): boolean;
  error(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
}
