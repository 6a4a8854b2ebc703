import type { PlatformLog, PlatformMetric, PlatformSpan } from './platform-data.ts';
import { PlatformFailure, type PlatformRequest, type PlatformRoute } from './platform-request.ts';
import type { PlatformState } from './platform-state.ts';
import { severityNumber } from './signals-logs.ts';
import { likeMatcher, ownerOf, timeText } from './signals-query.ts';
import { spanRow } from './signals-traces.ts';

type Body = PlatformRequest['body'];

/** The routes that the platform's own web interface calls; nothing of their server is public, so only its client is followed. */
export function telemetryRoutes(state: PlatformState): readonly PlatformRoute[] {
  const route = (
    signal: 'metrics' | 'logs' | 'traces',
    method: 'GET' | 'POST',
    path: string,
    handle: (request: PlatformRequest) => object,
  ): PlatformRoute => ({
    method,
    path: `/api/v2/telemetry/${signal}${path}`,
    permission: `telemetry:${signal}:read`,
    handle: (request) => ({ status: 'success', ...handle(request) }),
  });
  const metrics = ({ user }: PlatformRequest) =>
    state.data.metrics.filter(ownerOf(state, user?.organizationId));
  const spans = ({ user }: PlatformRequest) => state.spans.all().filter(ownerOf(state, user?.organizationId));
  return [
    route('metrics', 'POST', '/query', (request) => ({ data: seriesOf(metrics(request), request.body) })),
    route('metrics', 'GET', '', (request) => ({ data: distinct(metrics(request).map(({ name }) => name)) })),
    route('metrics', 'GET', '/metadata', (request) => {
      const wanted = request.query.get('metric');
      const found = metrics(request).filter(({ name }) => wanted === null || name === wanted);
      const byName = new Map(found.map(({ name, type, unit }) => [name, { name, type, help: '', unit }]));
      return { data: [...byName.values()] };
    }),
    route('metrics', 'GET', '/labels', (request) => {
      const wanted = request.query.get('metric');
      const found = metrics(request).filter(({ name }) => wanted === null || name === wanted);
      return { data: labelsOf(found) };
    }),
    route('logs', 'POST', '/query', (request) => logsOf(state, request)),
    route('logs', 'GET', '/services', ({ user }) => ({
      data: distinct(
        state.logs
          .all()
          .filter(ownerOf(state, user?.organizationId))
          .map(({ service }) => service),
      ),
    })),
    route('traces', 'POST', '/summaries', (request) => ({
      data: summariesOf(state, spans(request), request.body),
    })),
    route('traces', 'GET', '/services', (request) => ({
      data: distinct(spans(request).map(({ service }) => service)),
    })),
    route('traces', 'GET', '/operations', (request) => {
      const service = request.query.get('serviceName');
      const found = spans(request).filter((span) => service === null || span.service === service);
      return { data: distinct(found.map(({ name }) => name)) };
    }),
    route('traces', 'GET', '/:traceId', (request) => {
      const found = spans(request).filter(({ traceId }) => traceId === request.params['traceId']);
      if (found.length === 0) throw new PlatformFailure(404, 'Trace not found');
      return { data: found.toSorted((a, b) => a.startMs - b.startMs).map((span) => spanRow(state, span)) };
    }),
  ];
}

const distinct = (names: readonly string[]) => [...new Set(names)].sort();

/** Epoch milliseconds that are whole: its database refuses others. */
function rangeOf({ start, end }: Body): { from: number; to: number } {
  if (!Number.isInteger(start) || !Number.isInteger(end))
    throw new PlatformFailure(400, 'start and end must be integers');
  return { from: Number(start), to: Number(end) };
}

/** Series with the mean of each step. */
function seriesOf(metrics: readonly PlatformMetric[], body: Body): unknown[] {
  const { from, to } = rangeOf(body);
  const {
    query,
    step = 60,
    labels = {},
  } = body as { query?: string; step?: number; labels?: Record<string, string> };
  return metrics
    .filter(({ name }) => name === query)
    .map((metric) => ({
      metric,
      all: { ...metric.labels, service: metric.service } as Record<string, string>,
    }))
    .filter(({ all }) => Object.entries(labels).every(([name, value]) => all[name] === value))
    .map(({ metric: { name, points }, all }) => {
      const inside = points.filter(([time]) => time >= from && time < to);
      const buckets = Map.groupBy(inside, ([time]) => Math.floor(time / (step * 1000)) * step * 1000);
      const values = [...buckets].map(([timestamp, group]) => ({
        timestamp,
        value: group.reduce((sum, [, value]) => sum + value, 0) / group.length,
      }));
      return { metric: name, labels: all, values };
    });
}

function labelsOf(metrics: readonly PlatformMetric[]): unknown {
  const pairs = metrics.flatMap(({ labels, service }) => Object.entries({ ...labels, service }));
  const byLabel = Map.groupBy(pairs, ([label]) => label);
  return {
    labels: [...byLabel.keys()].sort(),
    values: Object.fromEntries(
      [...byLabel].map(([label, own]) => [label, distinct(own.map(([, value]) => value))]),
    ),
  };
}

interface LogQuery {
  readonly query?: string;
  readonly limit?: number;
  readonly offset?: number;
  readonly severityLevels?: readonly string[];
  readonly services?: readonly string[];
  readonly sources?: readonly string[];
  readonly traceId?: string;
}

function logsOf(state: PlatformState, { body, user }: PlatformRequest) {
  const { from, to } = rangeOf(body);
  const { query, limit = 100, offset = 0, severityLevels, services, sources, traceId } = body as LogQuery;
  const isLike = query ? likeMatcher(state, query) : () => true;
  const isIn = (wanted: readonly string[] | undefined, value: string) =>
    !wanted?.length || wanted.includes(value);
  const matches = [...state.logs.between(from, to)]
    .filter(ownerOf(state, user?.organizationId))
    .filter(
      (log) =>
        isIn(severityLevels, log.severity) &&
        isIn(services, log.service) &&
        isIn(sources, log.scope ?? '') &&
        (!traceId || log.traceId === traceId) &&
        isLike(log.body),
    );
  const data = matches.slice(offset, offset + limit).map(logItem);
  return { data, total: matches.length, hasMore: offset + data.length < matches.length };
}

function logItem(log: PlatformLog, index: number): unknown {
  return {
    id: String(index),
    timestamp: log.timeMs,
    observedTimestamp: log.timeMs,
    severityNumber: severityNumber(log),
    severityText: log.severity,
    body: log.body,
    attributes: log.attributes,
    resource: { ...log.resource, 'service.name': log.service },
    traceId: log.traceId,
    spanId: log.spanId,
    scopeName: log.scope ?? '',
  };
}

function summariesOf(state: PlatformState, spans: readonly PlatformSpan[], body: Body): unknown[] {
  const { from, to } = rangeOf(body);
  const { service, operation, minDuration = 0, limit = 50 } = body as Record<string, string & number>;
  const inside = spans.filter(({ startMs }) => startMs >= from && startMs <= to);
  const traces = [...Map.groupBy(inside, ({ traceId }) => traceId).values()].filter((trace) =>
    trace.some(
      (span) =>
        (!service || span.service === service) &&
        (!operation || span.name === operation) &&
        span.durationMs >= Number(minDuration),
    ),
  );
  return traces.slice(0, Number(limit)).map((trace) => {
    const root = trace.reduce((a, b) => (b.startMs < a.startMs ? b : a));
    return {
      traceId: root.traceId,
      rootServiceName: root.service,
      rootSpanName: root.name,
      startTime: timeText(state, root.startMs),
      durationMs: root.durationMs,
      spanCount: trace.length,
      errorCount: trace.filter(({ status }) => status === 'error').length,
      services: distinct(trace.map((span) => span.service)),
      hasLogs: true,
    };
  });
}
