import { type Logger as OtelLogger, ROOT_CONTEXT, SeverityNumber, trace } from '@opentelemetry/api';
import type { LogFields, LogThreshold } from '../../application/ports/logger.ts';
import type { TraceContext } from '../../application/request-context.ts';
import { spanContextOf } from './otel-tracer.ts';

/** A line of the log, without secrets. */
export interface LogRecord {
  readonly level: LogThreshold;
  readonly message: string;
  readonly fields: LogFields;
  /** Of the span that it belongs to. */
  readonly trace: TraceContext | undefined;
}

export type LogRecords = (record: LogRecord) => void;

const SEVERITIES: Readonly<Record<LogThreshold, SeverityNumber>> = {
  error: SeverityNumber.ERROR,
  warn: SeverityNumber.WARN,
  info: SeverityNumber.INFO,
  debug: SeverityNumber.DEBUG,
};

/** Records of the SDK, with the ids of trace and span (OpenTelemetry's data model of logs). */
export function otelLogRecords(logger: OtelLogger): LogRecords {
  return ({ level, message, fields, trace: context }) =>
    logger.emit({
      timestamp: Date.now(),
      severityNumber: SEVERITIES[level],
      severityText: level.toUpperCase(),
      body: message,
      attributes: { ...fields },
      context:
        context === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, spanContextOf(context)),
    });
}
