import { TraceFlags } from '@opentelemetry/api';
import type { ExportResult } from '@opentelemetry/core';
import { type IOtlpExportDelegate, OTLPExporterBase } from '@opentelemetry/otlp-exporter-base';
import type { LogRecordProcessor, ReadWriteLogRecord } from '@opentelemetry/sdk-logs';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';
import type { ExporterState } from './exporter-state.ts';

/** An exporter that tells what became of what it was given. */
export class CountedExporter<Items> extends OTLPExporterBase<Items> {
  private readonly state: ExporterState;
  private readonly countOf: (items: Items) => number;

  constructor(delegate: IOtlpExportDelegate<Items>, state: ExporterState, countOf: (items: Items) => number) {
    super(delegate);
    this.state = state;
    this.countOf = countOf;
  }

  override export(items: Items, done: (result: ExportResult) => void): void {
    const count = this.countOf(items);
    this.state.begin(count);
    super.export(items, (result) => {
      this.state.end(count, result.error);
      done(result);
    });
  }
}

/** Spans for a batch, as many as may wait: the SDK drops the others without a count. */
export class BoundedSpans implements SpanProcessor {
  private readonly batch: SpanProcessor;
  private readonly state: ExporterState;

  constructor(batch: SpanProcessor, state: ExporterState) {
    this.batch = batch;
    this.state = state;
  }

  onStart(): void {
    // A batch has ended spans alone.
  }

  onEnd(span: ReadableSpan): void {
    const isSampled = (span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0;
    if (isSampled && this.state.admit()) this.batch.onEnd(span);
  }

  forceFlush(): Promise<void> {
    return this.batch.forceFlush();
  }

  shutdown(): Promise<void> {
    return this.batch.shutdown();
  }
}

/** Log records for a batch, the same way. */
export class BoundedLogs implements LogRecordProcessor {
  private readonly batch: LogRecordProcessor;
  private readonly state: ExporterState;

  constructor(batch: LogRecordProcessor, state: ExporterState) {
    this.batch = batch;
    this.state = state;
  }

  onEmit(record: ReadWriteLogRecord): void {
    if (this.state.admit()) this.batch.onEmit(record);
  }

  forceFlush(): Promise<void> {
    return this.batch.forceFlush();
  }

  shutdown(): Promise<void> {
    return this.batch.shutdown();
  }
}
