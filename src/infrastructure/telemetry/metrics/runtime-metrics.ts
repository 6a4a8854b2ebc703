import {
  monitorEventLoopDelay,
  type PerformanceEntry,
  PerformanceObserver,
  performance,
} from 'node:perf_hooks';
import { getHeapSpaceStatistics } from 'node:v8';
import type { Meter } from '@opentelemetry/api';
import { SeriesTable } from './series-table.ts';

/** Milliseconds between two looks at the event loop. */
const RESOLUTION_MS = 50;

/** Node.js's numbers of the kinds of garbage collection, by the names of the conventions for V8. */
const GC_KINDS: Readonly<Record<number, string>> = { 1: 'minor', 4: 'major', 8: 'incremental', 16: 'weakcb' };

/** Node.js's types lag behind. */
type CollectionEntry = PerformanceEntry & { readonly detail?: { readonly kind: number } };

export interface RuntimeMetrics {
  /** Of garbage collections, which are counted as they come. */
  readonly table: SeriesTable;
  close(): void;
}

/** Tells of this process by the conventions for Node.js and V8: all but garbage collections are asked for when somebody collects. */
export function runtimeMetrics(meter: Meter): RuntimeMetrics {
  const table = new SeriesTable({
    name: 'v8js.gc.duration',
    description: 'Duration of a garbage collection',
    unit: 's',
    bounds: [0.01, 0.1, 1, 10],
    kind: 'histogram',
    labels: ['v8js.gc.type'],
  });
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as CollectionEntry[])
      table.record(entry.duration / 1000, GC_KINDS[entry.detail?.kind ?? 0] ?? 'other');
  });
  observer.observe({ entryTypes: ['gc'] });
  const delays = observeDelays(meter);
  observeTime(meter);
  observeMemory(meter);
  return {
    table,
    close: () => {
      observer.disconnect();
      delays.disable();
    },
  };
}

function observeDelays(meter: Meter) {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  const measures = {
    min: () => delays.min,
    mean: () => delays.mean,
    p50: () => delays.percentile(50),
    p90: () => delays.percentile(90),
    p99: () => delays.percentile(99),
    max: () => delays.max,
  };
  const gauges = Object.entries(measures).map(([name, of]) => {
    const description = `Event loop delay: ${name}`;
    const gauge = meter.createObservableGauge(`nodejs.eventloop.delay.${name}`, { unit: 's', description });
    return { gauge, of };
  });
  meter.addBatchObservableCallback(
    (result) => {
      if (delays.count === 0) return;
      // The time between two looks is part of what Node.js tells.
      for (const { gauge, of } of gauges)
        result.observe(gauge, Math.max(0, of() / 1e9 - RESOLUTION_MS / 1e3));
      delays.reset();
    },
    gauges.map(({ gauge }) => gauge),
  );
  return delays;
}

function observeTime(meter: Meter): void {
  const description = 'Time that the event loop has been in the state';
  meter.createObservableCounter('nodejs.eventloop.time', { unit: 's', description }).addCallback((result) => {
    const { active, idle } = performance.eventLoopUtilization();
    result.observe(active / 1000, { 'nodejs.eventloop.state': 'active' });
    result.observe(idle / 1000, { 'nodejs.eventloop.state': 'idle' });
  });
  meter
    .createObservableCounter('process.cpu.time', { unit: 's', description: 'CPU time of the process' })
    .addCallback((result) => {
      const { user, system } = process.cpuUsage();
      result.observe(user / 1e6, { 'cpu.mode': 'user' });
      result.observe(system / 1e6, { 'cpu.mode': 'system' });
    });
}

function observeMemory(meter: Meter): void {
  const bytes = (name: string, description: string) =>
    meter.createObservableUpDownCounter(name, { unit: 'By', description });
  bytes('process.memory.usage', 'Physical memory of the process').addCallback((result) =>
    result.observe(process.memoryUsage.rss()),
  );
  const limit = bytes('v8js.memory.heap.limit', 'Heap memory that is pre-allocated');
  const used = bytes('v8js.memory.heap.used', 'Heap memory that is used');
  meter.addBatchObservableCallback(
    (result) => {
      for (const { space_name, space_size, space_used_size } of getHeapSpaceStatistics()) {
        const attributes = { 'v8js.heap.space.name': space_name };
        result.observe(limit, space_size, attributes);
        result.observe(used, space_used_size, attributes);
      }
    },
    [limit, used],
  );
}
