import * as v from 'valibot';
import { telemetrySection } from '../../../src/infrastructure/config/schema/sections/telemetry-section.ts';
import { type OpenTelemetry, openTelemetry } from '../../../src/infrastructure/telemetry/open-telemetry.ts';
import { RecordingLogger } from '../../unit/application/recording-logger.ts';

export interface TelemetryScene extends OpenTelemetry {
  readonly logger: RecordingLogger;
}

/** Opens telemetry with this section of a configuration; waits are short, so that a test hasn't to wait for them. */
export async function openScene(
  section: Readonly<Record<string, unknown>>,
  environment: NodeJS.ProcessEnv = {},
): Promise<TelemetryScene> {
  const logger = new RecordingLogger();
  const telemetry = v.parse(telemetrySection, {
    enabled: true,
    batch_timeout_ms: 5,
    metrics_interval: 3600,
    retry_backoff_ms: 1,
    ...section,
  });
  const opened = await openTelemetry(telemetry, { version: '1.2.3', instanceId: 'i-1', logger, environment });
  return { ...opened, logger };
}

/** A moment that never comes. */
export const never = new Promise<never>(() => undefined);
