import { type HrTime, ValueType } from '@opentelemetry/api';
import { millisToHrTime } from '@opentelemetry/core';
import { emptyResource } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  type CollectionResult,
  type DataPoint,
  DataPointType,
  type Histogram,
  type MetricData,
  type MetricProducer,
} from '@opentelemetry/sdk-metrics';
import type { InstrumentFacts, Series, SeriesTable } from './series-table.ts';

export interface ProducerOptions {
  readonly tables: readonly SeriesTable[];
  readonly scope: { readonly name: string; readonly version: string };
  readonly temporality: 'cumulative' | 'delta';
  /** Makes more of what was collected of an instrument; nothing, where absent. */
  readonly derive?:
    | ((facts: InstrumentFacts, points: readonly HistogramPoint[]) => readonly Derived[])
    | undefined;
}

export type HistogramPoint = DataPoint<Histogram>;

/** An instrument's points, and what it is. */
export interface Derived {
  readonly facts: Omit<InstrumentFacts, 'labels'>;
  readonly points: readonly HistogramPoint[];
}

interface Told {
  readonly counts: readonly number[];
  readonly count: number;
  readonly sum: number;
  readonly time: HrTime;
}

/** Gives the tables' counts to one reader of the SDK. Each has its own: a difference is that to what it was told last. */
export class TableProducer implements MetricProducer {
  private readonly options: ProducerOptions;
  private readonly told = new Map<Series, Told>();

  constructor(options: ProducerOptions) {
    this.options = options;
  }

  collect(): Promise<CollectionResult> {
    const { tables, scope, derive } = this.options;
    const now = millisToHrTime(Date.now());
    const metrics = tables.flatMap(({ facts, series }) => {
      const points = series.flatMap((one) => this.pointOf(one, now));
      const derived = derive?.(facts, points) ?? [];
      return [{ facts, points }, ...derived]
        .filter((one) => one.points.length > 0)
        .map((one) => this.dataOf(one));
    });
    return Promise.resolve({
      resourceMetrics: { resource: emptyResource(), scopeMetrics: [{ scope: { ...scope }, metrics }] },
      errors: [],
    });
  }

  private pointOf(series: Series, endTime: HrTime): HistogramPoint[] {
    const { attributes, startTime, bounds, counts, count, sum, min, max } = series;
    const boundaries = [...bounds];
    if (this.options.temporality === 'cumulative')
      return [
        {
          attributes,
          startTime,
          endTime,
          value: { buckets: { boundaries, counts: [...counts] }, count, sum, min, max },
        },
      ];
    const before = this.told.get(series);
    this.told.set(series, { counts: [...counts], count, sum, time: endTime });
    if (before === undefined)
      return [
        {
          attributes,
          startTime,
          endTime,
          value: { buckets: { boundaries, counts: [...counts] }, count, sum, min, max },
        },
      ];
    if (before.count === count) return [];
    // The least and the most of the time between were not kept.
    const value = {
      buckets: { boundaries, counts: counts.map((one, at) => one - (before.counts[at] ?? 0)) },
      count: count - before.count,
      sum: sum - before.sum,
    };
    return [{ attributes, startTime: before.time, endTime, value }];
  }

  private dataOf({ facts, points }: Derived): MetricData {
    const { name, description, unit, kind } = facts;
    const common = {
      descriptor: {
        name,
        description,
        unit,
        valueType: kind === 'counter' ? ValueType.INT : ValueType.DOUBLE,
      },
      aggregationTemporality:
        this.options.temporality === 'delta'
          ? AggregationTemporality.DELTA
          : AggregationTemporality.CUMULATIVE,
    };
    if (kind === 'histogram')
      return { ...common, dataPointType: DataPointType.HISTOGRAM, dataPoints: [...points] };
    const dataPoints = points.map((point) => ({ ...point, value: point.value.count }));
    return { ...common, dataPointType: DataPointType.SUM, isMonotonic: true, dataPoints };
  }
}
