import { severityNumber as numberOf } from '../../../src/domain/telemetry/severity.ts';
import { aNumber, anObject, aText, texts } from './platform-checks.ts';
import type { PlatformLog } from './platform-data.ts';
import type { PlatformRoute } from './platform-request.ts';
import { organizationOf, type PlatformState, workspaceOf } from './platform-state.ts';
import {
  answerRows,
  columns,
  hasAll,
  likeMatcher,
  ownerOf,
  readRange,
  readSignalsQuery,
  timeText,
} from './signals-query.ts';

const FILTERS = {
  query: aText,
  severityText: aText,
  severityTexts: texts,
  minSeverity: aNumber(),
  maxSeverity: aNumber(),
  serviceName: aText,
  traceId: aText,
  spanId: aText,
  resourceAttributes: anObject,
  logAttributes: anObject,
};

const severityText = ({ severity }: PlatformLog) => severity.toUpperCase();

export const severityNumber = ({ severity }: PlatformLog) => numberOf(severity);

function logRow(state: PlatformState, log: PlatformLog): unknown {
  return columns(state, {
    timestamp: timeText(state, log.timeMs),
    observed_timestamp: timeText(state, log.timeMs),
    trace_id: log.traceId ?? '',
    span_id: log.spanId ?? '',
    trace_flags: 1,
    severity_text: severityText(log),
    severity_number: severityNumber(log),
    service_name: log.service,
    organization_id: organizationOf(log),
    workspace_id: workspaceOf(log),
    tenant_id: '',
    body: log.body,
    resource_attributes: log.resource ?? {},
    scope_name: log.scope ?? '',
    scope_version: '',
    log_attributes: log.attributes,
  });
}

function matcherOf(
  state: PlatformState,
  body: Readonly<Record<string, unknown>>,
): (log: PlatformLog) => boolean {
  const {
    query,
    severityText: text,
    severityTexts,
    minSeverity,
    maxSeverity,
    serviceName,
    traceId,
    spanId,
  } = body;
  const isLike = query ? likeMatcher(state, String(query)) : () => true;
  const isOne = (wanted: unknown, value: unknown) => !wanted || wanted === value;
  return (log) =>
    isOne(serviceName, log.service) &&
    isOne(traceId, log.traceId) &&
    isOne(spanId, log.spanId) &&
    isOne(text, severityText(log)) &&
    (!Array.isArray(severityTexts) ||
      severityTexts.length === 0 ||
      severityTexts.includes(severityText(log))) &&
    severityNumber(log) >= Number(minSeverity ?? 0) &&
    severityNumber(log) <= Number(maxSeverity ?? 24) &&
    hasAll(log.resource, body['resourceAttributes']) &&
    hasAll(log.attributes, body['logAttributes']) &&
    isLike(log.body);
}

export function logRoutes(state: PlatformState): readonly PlatformRoute[] {
  const permission = 'telemetry:logs:read';
  return [
    {
      method: 'POST',
      path: '/api/v2/query/signals/logs',
      permission,
      handle: (request) => {
        const query = readSignalsQuery(state, request, FILTERS);
        const fits = matcherOf(state, query.body);
        const matches = state.logs
          .between(query.from, query.to)
          .filter((log) => query.isOwn(log) && fits(log));
        return answerRows(state, query, matches, { most: 1000, write: (log) => logRow(state, log) });
      },
    },
    {
      method: 'GET',
      path: '/api/v2/query/signals/logs/severity-levels',
      permission,
      handle: ({ user }) => {
        const own = state.logs.all().filter(ownerOf(state, user?.organizationId));
        const sorted = own.toSorted((a, b) => severityNumber(a) - severityNumber(b));
        return [...new Set(sorted.map(severityText))];
      },
    },
    {
      method: 'POST',
      path: '/api/v2/query/signals/logs/count-by-severity',
      permission,
      handle: ({ body, user }) => {
        const { from, to } = readRange(state, body);
        const counts: Record<string, number> = {};
        for (const log of state.logs.between(from, to).filter(ownerOf(state, user?.organizationId))) {
          counts[severityText(log)] = (counts[severityText(log)] ?? 0) + 1;
        }
        return { counts };
      },
    },
  ];
}
