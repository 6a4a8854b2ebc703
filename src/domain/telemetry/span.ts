export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer';
export type SpanStatus = 'unset' | 'ok' | 'error';

/** One span of a trace, as a service recorded it. */
export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  /** Absent for the beginning of a trace. */
  readonly parentSpanId?: string | undefined;
  readonly service: string;
  readonly name: string;
  readonly kind: SpanKind;
  readonly status: SpanStatus;
  /** Milliseconds since 1970, with their fraction, by the clock of its machine. */
  readonly startMs: number;
  readonly durationMs: number;
  readonly attributes: Readonly<Record<string, string>>;
}
