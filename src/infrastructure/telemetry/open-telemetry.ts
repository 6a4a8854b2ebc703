import {
  LogsExporterMetricsHelper,
  ProtobufLogsSerializer,
  ProtobufTraceSerializer,
  TraceExporterMetricsHelper,
} from '@opentelemetry/otlp-transformer';
import type { Resource } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider, type ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { MeterProvider } from '@opentelemetry/sdk-metrics';
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type ReadableSpan,
  type Sampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { BackendHealth } from '../../application/ports/health.ts';
import type { Logger } from '../../application/ports/logger.ts';
import type { Metrics, Tracer } from '../../application/ports/telemetry.ts';
import { BoundedLogs, BoundedSpans } from './counted-export.ts';
import { logDiagnostics } from './diagnostics.ts';
import type { TelemetryConfiguration } from './exporter-settings.ts';
import type { GrpcConnection } from './grpc-connection.ts';
import { openMetrics } from './open-metrics.ts';
import { type LogRecords, otelLogRecords } from './otel-logger.ts';
import { otelTracer } from './otel-tracer.ts';
import { type ExportContext, type OpenExporter, openExporter } from './otlp-exporter.ts';
import { type ServerFacts, serverResource } from './resource.ts';

export interface TelemetryContext extends ServerFacts {
  /** Must lead into no export. */
  readonly logger: Logger;
  /** Names the proxies on the way to the collector. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** The providers of the signals that are enabled, and all that is behind them. */
export interface OpenTelemetry {
  /** Spans for whoever is served; absent where traces aren't enabled. */
  readonly tracer?: Tracer;
  /** Takes the lines of a log; absent where logs aren't enabled. */
  readonly logRecords?: LogRecords;
  /** Takes measurements; absent where metrics aren't enabled. */
  readonly metrics?: Metrics;
  readonly tracerProvider?: TracerProvider;
  readonly meterProvider?: MeterProvider;
  readonly loggerProvider?: LoggerProvider;
  /** The state of each exporter. */
  backends(): readonly BackendHealth[];
  /** Calls back when one of them changes, until the returned function is called. */
  onStateChange(listener: () => void): () => void;
  /** Exports what there is, until the deadline; what is left then is counted and told as dropped. */
  close(deadline: Promise<unknown>): Promise<void>;
}

/** Batches end by the transport's deadline: the SDK's own would only lose sight of them. */
const NEVER_MS = 2 ** 31 - 1;

/** The scope of everything that this server itself tells. */
const SCOPE = 'tfo-mcp';

/** Starts the SDK as configured. Connects to nothing before there is something to export. */
export async function openTelemetry(
  telemetry: TelemetryConfiguration,
  { logger, environment = process.env, ...facts }: TelemetryContext,
): Promise<OpenTelemetry> {
  logDiagnostics(logger);
  const connections = new Map<string, GrpcConnection>();
  const context = { telemetry, logger, environment, connections, version: facts.version };
  const resource = serverResource(telemetry, facts);
  const [traces, metrics, logs] = await Promise.all([
    telemetry.enable_traces ? openTraces(context, resource) : undefined,
    telemetry.enable_metrics ? openMetrics(context, { resource, scope: SCOPE }) : undefined,
    telemetry.enable_logs ? openLogs(context, resource) : undefined,
  ]);
  const signals = [traces, metrics, logs].filter((signal) => signal !== undefined);
  return {
    ...(traces && {
      tracer: otelTracer(traces.provider.getTracer(SCOPE, facts.version)),
      tracerProvider: traces.provider,
    }),
    ...(metrics && { metrics: metrics.metrics, meterProvider: metrics.provider }),
    ...(logs && {
      loggerProvider: logs.provider,
      logRecords: otelLogRecords(logs.provider.getLogger(SCOPE, facts.version)),
    }),
    backends: () => signals.map(({ state }) => state.health()),
    onStateChange: (listener) => {
      const leave = signals.map(({ state }) => state.onStateChange(listener));
      return () => {
        for (const off of leave) off();
      };
    },
    close: async (deadline) => {
      await closeSignals(signals, deadline);
      metrics?.close();
      for (const connection of connections.values()) connection.close();
    },
  };
}

interface OpenSignal extends Pick<OpenExporter<never>, 'state' | 'transport'> {
  readonly provider: { shutdown(): Promise<void> };
}

async function closeSignals(signals: readonly OpenSignal[], deadline: Promise<unknown>): Promise<void> {
  for (const { state, transport } of signals) {
    state.close();
    transport.hurry();
  }
  // Of one that fails, its exporter's state knows why.
  const flushed = Promise.allSettled(signals.map(({ provider }) => provider.shutdown()));
  await Promise.race([flushed, deadline]);
  for (const { state, transport } of signals) {
    state.abandon();
    transport.shutdown();
  }
}

async function openTraces(context: ExportContext, resource: Resource) {
  const { telemetry } = context;
  const opened = await openExporter(
    {
      signal: 'traces',
      serializer: ProtobufTraceSerializer,
      helper: TraceExporterMetricsHelper,
      countOf: (spans: ReadableSpan[]) => spans.length,
    },
    context,
  );
  const batch = new BatchSpanProcessor({ ...batchOptions(telemetry), exporter: opened.exporter });
  const provider = new TracerProvider({
    resource,
    sampler: samplerOf(telemetry),
    spanProcessors: [new BoundedSpans(batch, opened.state)],
  });
  return { ...opened, provider };
}

async function openLogs(context: ExportContext, resource: Resource) {
  const opened = await openExporter(
    {
      signal: 'logs',
      serializer: ProtobufLogsSerializer,
      helper: LogsExporterMetricsHelper,
      countOf: (records: ReadableLogRecord[]) => records.length,
    },
    context,
  );
  const batch = new BatchLogRecordProcessor({
    ...batchOptions(context.telemetry),
    exporter: opened.exporter,
  });
  return {
    ...opened,
    provider: new LoggerProvider({ resource, processors: [new BoundedLogs(batch, opened.state)] }),
  };
}

function batchOptions(telemetry: TelemetryConfiguration) {
  return {
    maxQueueSize: telemetry.max_queue_size,
    maxExportBatchSize: Math.min(telemetry.batch_max_size, telemetry.max_queue_size),
    scheduledDelayMillis: telemetry.batch_timeout_ms,
    exportTimeoutMillis: NEVER_MS,
  };
}

function samplerOf({
  trace_sample_rate: rate,
  trace_follows_client: follows,
}: TelemetryConfiguration): Sampler {
  const root = rate === 1 ? new AlwaysOnSampler() : new TraceIdRatioBasedSampler(rate);
  if (follows) return new ParentBasedSampler({ root });
  return new ParentBasedSampler({ root, remoteParentSampled: root, remoteParentNotSampled: root });
}
