import type { Application } from '../application/application.ts';
import type { Claude } from '../application/ports/claude.ts';
import type { Logger } from '../application/ports/logger.ts';
import type { Metrics, Tracer } from '../application/ports/telemetry.ts';
import { createRedactor } from '../domain/policy/redact.ts';
import type { Configuration } from '../infrastructure/config/schema/configuration-schema.ts';
import type { Lifetimes } from './lifetimes.ts';
import type { TracedAdapters } from './traced-adapters.ts';

interface TelemetryParts {
  /** One that leads into no export. */
  readonly logger: Logger;
  readonly lifetimes: Pick<Lifetimes, 'add'>;
  readonly version: string;
  /** Masked in what is exported. */
  readonly secrets: readonly string[];
}

export interface StartedTelemetry {
  /** Absent where nothing is traced. */
  readonly tracer?: Tracer | undefined;
  readonly traced?: TracedAdapters | undefined;
  /** Absent where nothing is measured. */
  readonly metrics?: Metrics | undefined;
  /** For everybody but telemetry itself: its lines are exported, too, where logs are. */
  readonly logger: Logger;
}

/** Starts telemetry where it is enabled: else, nothing of OpenTelemetry is loaded. */
export async function startTelemetry(
  { telemetry }: Configuration,
  { logger, lifetimes, version, secrets }: TelemetryParts,
): Promise<StartedTelemetry> {
  if (!telemetry.enabled) return { logger };
  const { openTelemetry } = await import('../infrastructure/telemetry/open-telemetry.ts');
  const opened = await openTelemetry(telemetry, { logger, version });
  lifetimes.add({ name: 'telemetry', ...opened });
  const { tracer, metrics, logRecords } = opened;
  return {
    tracer,
    metrics,
    traced: tracer && (await import('./traced-adapters.ts')).tracedAdapters(tracer),
    logger:
      logRecords === undefined
        ? logger
        : (await import('../infrastructure/telemetry/exported-logger.ts')).exportedLogger(logger, {
            logRecords,
            redactor: createRedactor(secrets),
            currentTrace: () => tracer?.current(),
          }),
  };
}

/** Claude as it was, measured where that is wanted. */
export async function measured(
  claude: Claude | undefined,
  metrics: Metrics | undefined,
): Promise<Claude | undefined> {
  if (claude === undefined || metrics === undefined) return claude;
  const { meteredClaude } = await import('../infrastructure/telemetry/metrics/metered-claude.ts');
  return meteredClaude(claude, metrics.claude);
}

/** Begins to measure sessions, where that is wanted. */
export async function measureSessions(
  application: Application,
  metrics: Metrics | undefined,
  transport: string,
): Promise<void> {
  if (metrics === undefined) return;
  const { measureSessions: begin } = await import('../infrastructure/telemetry/metrics/session-metrics.ts');
  begin(application, metrics, transport);
}
