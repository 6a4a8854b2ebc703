import { createOtlpNetworkExportDelegate, ExporterMetrics } from '@opentelemetry/otlp-exporter-base';
import type { IExporterMetricsHelper, ISerializer } from '@opentelemetry/otlp-transformer';
import type { Logger } from '../../application/ports/logger.ts';
import type { TelemetrySignal } from '../config/schema/values/otlp-endpoint.ts';
import type { OtlpSender } from './attempt.ts';
import { CountedExporter } from './counted-export.ts';
import {
  type ExporterSettings,
  exporterSettings,
  readCredentials,
  type TelemetryConfiguration,
} from './exporter-settings.ts';
import { ExporterState } from './exporter-state.ts';
import { GrpcConnection } from './grpc-connection.ts';
import { GrpcSender } from './grpc-sender.ts';
import { HttpSender } from './http-sender.ts';
import { RetryingTransport } from './retrying-transport.ts';

export interface ExportContext {
  readonly telemetry: TelemetryConfiguration;
  /** Of the server, told to collectors. */
  readonly version: string;
  readonly logger: Logger;
  /** Names the proxies. */
  readonly environment: NodeJS.ProcessEnv;
  /** Those that are open, by what they lead to: signals share them. */
  readonly connections: Map<string, GrpcConnection>;
}

/** The SDK's part in the export of one signal. */
export interface SignalCodec<Items, Answer> {
  readonly signal: TelemetrySignal;
  readonly serializer: ISerializer<Items, Answer>;
  readonly helper: IExporterMetricsHelper<Items>;
  readonly countOf: (items: Items) => number;
}

export interface OpenExporter<Items> {
  readonly exporter: CountedExporter<Items>;
  readonly state: ExporterState;
  readonly transport: RetryingTransport;
}

/** Makes the exporter of one signal; it connects when there is something to export. */
export async function openExporter<Items, Answer>(
  { signal, serializer, helper, countOf }: SignalCodec<Items, Answer>,
  context: ExportContext,
): Promise<OpenExporter<Items>> {
  const { telemetry, logger } = context;
  const settings = exporterSettings(telemetry, signal);
  const sender = await openSender(signal, settings, context);
  const state = new ExporterState({
    signal,
    origin: sender.origin,
    maxWaiting: telemetry.max_queue_size,
    logger,
  });
  const { rate_limit: perMinute, retry_backoff_ms: backoffMs } = telemetry;
  const transport = new RetryingTransport(sender, {
    ...settings,
    backoffMs,
    rate: { perMinute, burst: perMinute },
    onAttempt: (attempt) => state.note(attempt),
  });
  const delegate = createOtlpNetworkExportDelegate(
    // The transport has its own bound, and nothing is lost at it.
    { timeoutMillis: settings.deadlineMs, concurrencyLimit: Number.POSITIVE_INFINITY, compression: 'none' },
    serializer,
    new ExporterMetrics({
      componentType: 'otlp',
      metricsHelper: helper,
      url: undefined,
      meterProvider: undefined,
      responseAttributesFromError: () => ({}),
    }),
    transport,
  );
  return { exporter: new CountedExporter(delegate, state, countOf), state, transport };
}

async function openSender(
  signal: TelemetrySignal,
  { target, headers: own, gzip, files }: ExporterSettings,
  { version, environment, connections }: ExportContext,
): Promise<OtlpSender> {
  const { protocol, url } = target;
  const headers = { 'user-agent': `tfo-mcp/${version}`, ...own };
  try {
    const tls = await readCredentials(files);
    if (protocol === 'http/protobuf') return new HttpSender({ url, headers, gzip, tls, environment });
    const name = JSON.stringify([url.origin, files]);
    const connection = connections.get(name) ?? new GrpcConnection({ url, tls, environment });
    connections.set(name, connection);
    return new GrpcSender({ connection, signal, headers, gzip });
  } catch (error) {
    const reason = (error as Error).message;
    return { origin: url.origin, send: () => Promise.resolve({ outcome: 'refused', reason }) };
  }
}
