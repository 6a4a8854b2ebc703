import type { LogFields, Logger, LogThreshold } from '../../application/ports/logger.ts';
import type { TraceContext } from '../../application/request-context.ts';
import type { Redactor } from '../../domain/policy/redact.ts';
import type { LogRecords } from './otel-logger.ts';

interface Export {
  readonly logRecords: LogRecords;
  readonly redactor: Redactor;
  readonly currentTrace: () => TraceContext | undefined;
}

/** That log, whose lines are exported, too: those of its level and no others, without secrets. */
export function exportedLogger(logger: Logger, { logRecords, redactor, currentTrace }: Export): Logger {
  const at =
    (level: LogThreshold) =>
    (message: string, fields: LogFields = {}): void => {
      logger[level](message, fields);
      if (!logger.enabled(level)) return;
      const redacted = Object.entries(fields).map(([name, value]) => [name, redactor.field(name, value)]);
      logRecords({
        level,
        message: redactor.text(message),
        fields: Object.fromEntries(redacted),
        trace: currentTrace(),
      });
    };
  return {
    enabled: (level) => logger.enabled(level),
    error: at('error'),
    warn: at('warn'),
    info: at('info'),
    debug: at('debug'),
  };
}
