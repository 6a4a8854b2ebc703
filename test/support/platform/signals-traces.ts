import { aFlag, aNumber, anObject, aText, texts } from './platform-checks.ts';
import type { PlatformSpan } from './platform-data.ts';
import { PlatformFailure, type PlatformRequest, type PlatformRoute, unexpected } from './platform-request.ts';
import { organizationOf, type PlatformState, workspaceOf } from './platform-state.ts';
import {
  answerRows,
  bigNumber,
  columns,
  hasAll,
  likeMatcher,
  ownerOf,
  readSignalsQuery,
  type SignalsQuery,
  timeText,
} from './signals-query.ts';

const MOST_NAMES = 1000;
const MOST_SPANS = 1000;

const FILTERS = {
  traceId: aText,
  traceIds: texts,
  spanName: aText,
  spanKind: aText,
  serviceName: aText,
  statusCode: aText,
  minDurationMs: aNumber(0),
  maxDurationMs: aNumber(0),
  hasError: aFlag,
  resourceAttributes: anObject,
  spanAttributes: anObject,
};

export function spanRow(state: PlatformState, span: PlatformSpan): object {
  const nanoseconds = Math.round(span.durationMs * 1e6);
  const row = columns(state, {
    timestamp: timeText(state, span.startMs),
    trace_id: span.traceId,
    span_id: span.spanId,
    parent_span_id: span.parentSpanId ?? '',
    span_name: span.name,
    span_kind: span.kind.toUpperCase(),
    service_name: span.service,
    status_code: span.status.toUpperCase(),
    status_message: span.statusMessage ?? '',
    duration_ns: bigNumber(state, nanoseconds),
    organization_id: organizationOf(span),
    workspace_id: workspaceOf(span),
    tenant_id: '',
    resource_attributes: span.resource ?? {},
    span_attributes: span.attributes,
    events: '[]',
    links: '[]',
  });
  return { ...(row as object), durationMs: nanoseconds / 1e6 };
}

function matcherOf(
  state: PlatformState,
  body: Readonly<Record<string, unknown>>,
): (span: PlatformSpan) => boolean {
  const { traceId, traceIds, spanName, spanKind, serviceName, statusCode, hasError } = body;
  const ids = Array.isArray(traceIds) && traceIds.length > 0 ? new Set(traceIds) : undefined;
  const isLike = spanName ? likeMatcher(state, String(spanName)) : () => true;
  const isOne = (wanted: unknown, value: unknown) => !wanted || wanted === value;
  const least = nanoseconds(state, body['minDurationMs']);
  const most = nanoseconds(state, body['maxDurationMs']);
  return (span) =>
    isOne(traceId, span.traceId) &&
    (ids === undefined || ids.has(span.traceId)) &&
    isOne(serviceName, span.service) &&
    isOne(spanKind, span.kind.toUpperCase()) &&
    isOne(statusCode, span.status.toUpperCase()) &&
    (typeof hasError !== 'boolean' || hasError === (span.status === 'error')) &&
    (least === undefined || Math.round(span.durationMs * 1e6) >= least) &&
    (most === undefined || Math.round(span.durationMs * 1e6) <= most) &&
    hasAll(span.resource, body['resourceAttributes']) &&
    hasAll(span.attributes, body['spanAttributes']) &&
    isLike(span.name);
}

/** ClickHouse refuses what is no whole number of nanoseconds, as 1.005 ms is not in floating point. */
function nanoseconds(state: PlatformState, milliseconds: unknown): number | undefined {
  if (typeof milliseconds !== 'number') return undefined;
  const count = milliseconds * 1_000_000;
  if (!Number.isInteger(count)) throw state.clientFault('Cannot parse a whole number of nanoseconds');
  return count;
}

export function traceRoutes(state: PlatformState): readonly PlatformRoute[] {
  const route = (method: 'GET' | 'POST', path: string, handle: PlatformRoute['handle']): PlatformRoute => ({
    method,
    path: `/api/v2/query/signals/traces${path}`,
    permission: 'telemetry:traces:read',
    handle,
  });
  const byId = route('GET', '/:traceId', ({ params, user }) =>
    oneTrace(state, params['traceId'], user?.organizationId),
  );
  const lists = [
    route('GET', '/services', ({ user }) => {
      const names = distinct(state, user?.organizationId, ({ service }) => service);
      return { names, total: names.length };
    }),
    route('GET', '/operations', ({ query, user }) => {
      const service = query.get('serviceName');
      const fits = (span: PlatformSpan) => service === null || span.service === service;
      return distinct(state, user?.organizationId, ({ name }) => name, fits);
    }),
  ];
  return [
    route('POST', '', (request) => {
      const query = readSignalsQuery(state, request, FILTERS);
      const fits = matcherOf(state, query.body);
      const matches = state.spans
        .between(query.from, query.to)
        .filter((span) => query.isOwn(span) && fits(span));
      return answerRows(state, query, matches, { most: 100, write: (span) => spanRow(state, span) });
    }),
    ...(state.faults.has('listsOfTracesShadowed') ? [byId, ...lists] : [...lists, byId]),
    route('POST', '/summaries', (request) => summaries(state, request)),
  ];
}

function distinct(
  state: PlatformState,
  organizationId: string | undefined,
  nameOf: (span: PlatformSpan) => string,
  fits: (span: PlatformSpan) => boolean = () => true,
): readonly string[] {
  const own = state.spans.all().filter(ownerOf(state, organizationId)).filter(fits);
  const names = [...new Set(own.map(nameOf))].sort();
  return state.faults.has('namesCut') ? names.slice(0, MOST_NAMES) : names;
}

function oneTrace(
  state: PlatformState,
  traceId: string | undefined,
  organizationId: string | undefined,
): unknown {
  if (organizationId === undefined) throw unexpected();
  const own = state.spans
    .all()
    .filter((span) => span.traceId === traceId && organizationOf(span) === organizationId);
  if (own.length === 0) throw new PlatformFailure(404, `Trace with ID ${traceId} not found`);
  const oldestFirst = own.toSorted((a, b) => a.startMs - b.startMs);
  const most = state.faults.has('spansCut') ? MOST_SPANS : oldestFirst.length;
  return oldestFirst.slice(0, most).map((span) => spanRow(state, span));
}

function summaries(state: PlatformState, request: PlatformRequest): unknown {
  const query = readSignalsQuery(state, request, FILTERS);
  const isOwn = state.faults.has('summariesIgnoreWorkspace')
    ? ownerOf(state, request.user?.organizationId)
    : query.isOwn;
  const { serviceName, hasError } = query.body;
  const fits = (span: PlatformSpan) =>
    (!serviceName || span.service === serviceName) && (hasError !== true || span.status === 'error');
  const spansFirst = state.faults.has('summariesFilterSpans');
  const spans = [...state.spans.between(query.from, query.to)].filter(isOwn);
  const traces = Map.groupBy(spansFirst ? spans.filter(fits) : spans, ({ traceId }) => traceId);
  const wanted = [...traces.values()].filter((trace) => spansFirst || trace.some(fits));
  const rows = wanted
    .map((trace) => summaryRow(state, trace))
    .toSorted((a, b) => (a.startTime < b.startTime ? 1 : -1));
  const unpaged: SignalsQuery = { ...query, pagination: undefined };
  return answerRows(state, unpaged, rows, { most: query.pagination?.limit ?? 100, write: (row) => row });
}

function summaryRow(state: PlatformState, trace: readonly PlatformSpan[]) {
  const first = trace.reduce((a, b) => (b.startMs < a.startMs ? b : a));
  const last = trace.reduce((a, b) => (b.startMs > a.startMs ? b : a));
  return {
    traceId: first.traceId,
    startTime: timeText(state, first.startMs),
    endTime: timeText(state, last.startMs),
    durationMs: Math.max(...trace.map(({ durationMs }) => durationMs)),
    spanCount: bigNumber(state, trace.length),
    errorCount: bigNumber(state, trace.filter(({ status }) => status === 'error').length),
    services: [...new Set(trace.map(({ service }) => service))],
    rootServiceName: first.service,
    rootSpanName: first.name,
    hasLogs: state.logs.all().some(({ traceId }) => traceId === first.traceId) ? 1 : 0,
  };
}
