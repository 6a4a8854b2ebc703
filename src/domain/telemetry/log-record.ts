/** One log line. */
export interface LogRecord {
  /** Milliseconds since 1970, with their fraction: by it the lines of a span are put in order. */
  readonly timeMs: number;
  readonly severity: string;
  readonly service: string;
  readonly body: string;
  readonly traceId?: string | undefined;
  readonly spanId?: string | undefined;
  readonly attributes: Readonly<Record<string, string>>;
}
