import { MetricsExporterMetricsHelper, ProtobufMetricsSerializer } from '@opentelemetry/otlp-transformer';
import type { Resource } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  InstrumentType,
  MeterProvider,
  PeriodicExportingMetricReader,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import type { Metrics } from '../../application/ports/telemetry.ts';
import { legacyNames } from './metrics/legacy-names.ts';
import { runtimeMetrics } from './metrics/runtime-metrics.ts';
import { CARDINALITY, type SeriesTable } from './metrics/series-table.ts';
import { measureServer } from './metrics/server-metrics.ts';
import { TableProducer } from './metrics/table-producer.ts';
import { type ExportContext, type OpenExporter, openExporter } from './otlp-exporter.ts';

export interface OpenMetrics extends OpenExporter<ResourceMetrics> {
  readonly provider: MeterProvider;
  readonly metrics: Metrics;
  close(): void;
}

/** Opens what is measured, and its export. */
export async function openMetrics(
  context: ExportContext,
  { resource, scope }: { readonly resource: Resource; readonly scope: string },
): Promise<OpenMetrics> {
  const { version, telemetry } = context;
  const { metrics_interval: interval, metrics_temporality: temporality } = telemetry;
  const opened = await openExporter(
    {
      signal: 'metrics',
      serializer: ProtobufMetricsSerializer,
      helper: MetricsExporterMetricsHelper,
      countOf: countPoints,
    },
    context,
  );
  const { metrics, tables: ofServer } = measureServer(telemetry.legacy_names);
  const tables: SeriesTable[] = [...ofServer];
  const producer = new TableProducer({
    tables,
    scope: { name: scope, version },
    temporality,
    derive: telemetry.legacy_names ? legacyNames : undefined,
  });
  const selectAggregationTemporality = (type: InstrumentType) =>
    temporality === 'delta' && COUNTS.includes(type)
      ? AggregationTemporality.DELTA
      : AggregationTemporality.CUMULATIVE;
  const reader = new PeriodicExportingMetricReader({
    exporter: Object.assign(opened.exporter, { selectAggregationTemporality }),
    exportIntervalMillis: interval * 1000,
    exportTimeoutMillis: interval * 1000,
    cardinalityLimits: { default: CARDINALITY },
    metricProducers: [producer],
  });
  const provider = new MeterProvider({ resource, readers: [reader] });
  const runtime = runtimeMetrics(provider.getMeter(scope, version));
  tables.push(runtime.table);
  return { ...opened, provider, metrics, close: () => runtime.close() };
}

/** All that only grow between two exports; of others, a difference says nothing. */
const COUNTS = [InstrumentType.COUNTER, InstrumentType.OBSERVABLE_COUNTER, InstrumentType.HISTOGRAM];

function countPoints({ scopeMetrics }: ResourceMetrics): number {
  let count = 0;
  for (const { metrics } of scopeMetrics) for (const { dataPoints } of metrics) count += dataPoints.length;
  return count;
}
