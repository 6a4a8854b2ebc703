import { aFlag, aNumber, anObject, aText, check, texts } from './platform-checks.ts';
import type { PlatformMetric } from './platform-data.ts';
import { type PlatformRequest, type PlatformRoute, unexpected } from './platform-request.ts';
import type { PlatformState } from './platform-state.ts';
import {
  answerRows,
  bigNumber,
  columns,
  HARD_LIMIT,
  hasAll,
  ownerOf,
  readSignalsQuery,
  type SignalsQuery,
  timeText,
} from './signals-query.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const INTERVALS: Readonly<Record<string, number>> = {
  '1m': MINUTE,
  '5m': 5 * MINUTE,
  '15m': 15 * MINUTE,
  '30m': 30 * MINUTE,
  '1h': HOUR,
  '6h': 6 * HOUR,
  '12h': 12 * HOUR,
  '1d': DAY,
  '1w': 7 * DAY,
};

/** By the length of the range in hours. */
const SUGGESTED: readonly (readonly [hours: number, interval: string])[] = [
  [1, '1m'],
  [6, '5m'],
  [24, '15m'],
  [168, '1h'],
  [720, '6h'],
];

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

/** With interpolation between neighbours, as ClickHouse's `quantile` has it. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(at)] ?? 0, sorted[Math.ceil(at)] ?? 0];
  return low + (high - low) * (at - Math.floor(at));
}

const aggregations: Readonly<Record<string, (values: readonly number[]) => number>> = {
  count: (values) => values.length,
  sum,
  avg: (values) => sum(values) / values.length,
  min: (values) => Math.min(...values),
  max: (values) => Math.max(...values),
  ...Object.fromEntries(
    [50, 75, 90, 95, 99].map((rank) => [
      `p${rank}`,
      (values: readonly number[]) => quantile(values, rank / 100),
    ]),
  ),
};

export function metricRoutes(state: PlatformState): readonly PlatformRoute[] {
  const permission = 'telemetry:metrics:read';
  return [
    {
      method: 'POST',
      path: '/api/v2/query/signals/metrics',
      permission,
      handle: (request) => queryMetrics(state, request),
    },
    {
      method: 'GET',
      path: '/api/v2/query/signals/metrics/names',
      permission,
      handle: ({ query, user }) => {
        checkLimit(state, query);
        const prefix = state.faults.has('prefixIgnored') ? '' : (query.get('prefix') ?? '');
        const own = state.data.metrics.filter(ownerOf(state, user?.organizationId));
        const names = cut(
          state,
          own.map(({ name }) => name).filter((name) => name.startsWith(prefix)),
        );
        return { names, total: names.length };
      },
    },
    {
      method: 'GET',
      path: '/api/v2/query/signals/metrics/labels/:labelName',
      permission,
      handle: ({ params, query, user }) => {
        const { labelName: label = '' } = params;
        if (state.faults.has('labelNameInQuery')) {
          check({ labelName: query.get('labelName') ?? undefined }, { required: { labelName: aText } });
        }
        checkLimit(state, query);
        const metric = query.get('metricName');
        const own = state.data.metrics
          .filter(ownerOf(state, user?.organizationId))
          .filter(({ name }) => metric === null || name === metric);
        const values = cut(
          state,
          own.map(({ labels }) => labels[label] ?? '').filter((value) => value !== ''),
        );
        return { label, values, total: values.length };
      },
    },
  ];
}

/** The pipe doesn't make a number of a text in the query string. */
function checkLimit(state: PlatformState, query: URLSearchParams): void {
  const limit = query.get('limit') ?? undefined;
  const given = limit === undefined || state.faults.has('limitOfNamesRefused') ? limit : Number(limit);
  check({ limit: given }, { optional: { limit: aNumber(1, HARD_LIMIT) } });
}

function cut(state: PlatformState, names: readonly string[]): readonly string[] {
  const sorted = [...new Set(names)].sort();
  return state.faults.has('namesCut') ? sorted.slice(0, 1000) : sorted;
}

function queryMetrics(state: PlatformState, request: PlatformRequest): unknown {
  const query = readSignalsQuery(state, request, {
    metricName: aText,
    metricNames: texts,
    serviceName: aText,
    labels: anObject,
    aggregation: aText,
    interval: aText,
    includePercentiles: aFlag,
  });
  const { aggregation } = query.body;
  const step = stepOf(state, query);
  if (state.faults.has('metricQueriesFail')) throw unexpected();
  const aggregate = aggregation === undefined ? undefined : aggregations[String(aggregation)];
  if (aggregation !== undefined && aggregate === undefined) throw state.clientFault('Unknown aggregation');
  const isMerged = state.faults.has('metricsMerged');
  const fits = matcherOf(query);
  const metrics = state.data.metrics.filter((metric) => query.isOwn(metric) && fits(metric));
  const groups = isMerged ? [metrics] : metrics.map((metric) => [metric]);
  const rows = groups.flatMap((group) => bucketsOf(state, query, group, step));
  const newestFirst = rows.toSorted((a, b) => b.bucket - a.bucket);
  return answerRows(state, query, newestFirst, {
    most: Number.POSITIVE_INFINITY,
    write: ({ bucket, values, metric }) => {
      const timestamp = timeText(state, bucket, 0);
      if (aggregate === undefined && state.faults.has('valueNeedsAggregation')) return { timestamp };
      const value = (aggregate ?? (aggregations['avg'] as typeof sum))(values);
      const shown = aggregation === 'count' ? bigNumber(state, value) : value;
      if (isMerged) return { timestamp, value: shown };
      const { name, type, service, unit, labels } = metric;
      return columns(state, {
        timestamp,
        metric_name: name,
        metric_type: type,
        service_name: service,
        unit,
        metric_attributes: labels,
        value: shown,
      });
    },
  });
}

function stepOf(state: PlatformState, { body, from, to }: SignalsQuery): number {
  const hours = Math.floor((to - from) / HOUR);
  const { interval = SUGGESTED.find(([most]) => hours <= most)?.[1] ?? '1d' } = body;
  const step = INTERVALS[String(interval)];
  if (step === undefined) throw state.clientFault(`Invalid interval: ${interval}`);
  return step;
}

function matcherOf({ body }: SignalsQuery): (metric: PlatformMetric) => boolean {
  const { metricName, metricNames, serviceName, labels } = body;
  const names = Array.isArray(metricNames) && metricNames.length > 0 ? metricNames : undefined;
  return (metric) =>
    (!metricName || metric.name === metricName) &&
    (names === undefined || names.includes(metric.name)) &&
    (!serviceName || metric.service === serviceName) &&
    hasAll(metric.labels, labels);
}

interface Bucket {
  readonly bucket: number;
  readonly values: number[];
  readonly metric: PlatformMetric;
}

/** The buckets that have values. With the fault, the range is that of the buckets' beginnings. */
function bucketsOf(
  state: PlatformState,
  { from, to }: SignalsQuery,
  metrics: readonly PlatformMetric[],
  step: number,
): readonly Bucket[] {
  const isShifted = state.faults.has('edgeBucketsShifted');
  const buckets = new Map<number, Bucket>();
  for (const metric of metrics) {
    for (const [time, value] of metric.points) {
      const bucket = Math.floor(time / step) * step;
      const judged = isShifted ? bucket : time;
      if (judged < from || judged > to) continue;
      const { values } =
        buckets.get(bucket) ?? buckets.set(bucket, { bucket, values: [], metric }).get(bucket) ?? {};
      values?.push(value);
    }
  }
  return [...buckets.values()];
}
