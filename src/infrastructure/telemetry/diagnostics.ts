import { DiagLogLevel, diag } from '@opentelemetry/api';
import type { Logger } from '../../application/ports/logger.ts';

/**
 * Leads OpenTelemetry's own diagnostics into the log, at the debug level, and not into telemetry: what matters to an operator is told by
 * the states of the exporters. Only the sentences: behind them are the items themselves.
 */
export function logDiagnostics(logger: Logger): void {
  const at = (level: string) => (message: unknown) =>
    logger.debug('OpenTelemetry', { level, message: String(message) });
  const silent = () => undefined;
  diag.setLogger(
    { error: at('error'), warn: at('warn'), info: silent, debug: silent, verbose: silent },
    {
      logLevel: logger.enabled('debug') ? DiagLogLevel.WARN : DiagLogLevel.NONE,
      suppressOverrideMessage: true,
    },
  );
}
