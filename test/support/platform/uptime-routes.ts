import { checkUuidParam } from './platform-checks.ts';
import type { PlatformCheck, PlatformMonitor } from './platform-data.ts';
import { PlatformFailure, type PlatformRequest, type PlatformRoute, unexpected } from './platform-request.ts';
import { organizationOf, type PlatformState, workspaceOf } from './platform-state.ts';
import { quantile } from './signals-metrics.ts';

const HOUR = 3_600_000;
const WINDOWS: Readonly<Record<string, number>> = { '24h': 24, '7d': 168, '30d': 720, '90d': 2160 };

/** Values that no answer of ours may ever hold. */
export const MONITOR_SECRETS = {
  auth_password: 'monitor-password-71c2',
  auth_token: 'monitor-token-0f3b',
  api_key_value: 'monitor-api-key-55aa',
  db_connection_string: 'postgres://probe:monitor-database-9d1e@db/shop',
  http_headers: { authorization: 'Bearer monitor-header-4c8d' },
  http_body: '{"password":"monitor-body-2b6f"}',
} as const;

const success = (data: unknown) => ({ status: 'success', data });
const iso = (timeMs: number) => new Date(timeMs).toISOString();
const share = (checks: readonly PlatformCheck[]) =>
  checks.length === 0 ? 0 : (checks.filter(({ isUp }) => isUp).length / checks.length) * 100;

export function uptimeRoutes(state: PlatformState): readonly PlatformRoute[] {
  const route = (path: string, handle: PlatformRoute['handle']): PlatformRoute => ({
    method: 'GET',
    path: `/api/v2/uptime/monitors${path}`,
    permission: 'monitoring:uptime:read',
    handle: (request) => success(handle(request)),
  });
  const ofOne = (path: string, handle: (monitor: PlatformMonitor, request: PlatformRequest) => unknown) =>
    route(`/:id${path}`, (request) => handle(ownMonitor(state, request), request));
  return [
    route('', (request) => listMonitors(state, request)),
    route('/ssl-summary', (request) => certificates(ownMonitors(state, request))),
    ofOne('', (monitor) => monitorRow(state, monitor)),
    ofOne('/stats', (monitor) => statsOf(state, monitor)),
    ofOne('/checks', (monitor, { query }) => checksOf(monitor, query)),
    ofOne('/hourly-stats', (monitor, { query }) => hoursOf(state, monitor, query)),
  ];
}

function ownMonitors(state: PlatformState, { user }: PlatformRequest): readonly PlatformMonitor[] {
  if (user?.organizationId === undefined) throw unexpected();
  return state.data.monitors.filter((monitor) => organizationOf(monitor) === user.organizationId);
}

function ownMonitor(state: PlatformState, request: PlatformRequest): PlatformMonitor {
  const { id = '' } = request.params;
  checkUuidParam(id);
  const own = ownMonitors(state, request).find((monitor) => monitor.id === id);
  if (own === undefined) throw new PlatformFailure(404, `Uptime monitor with ID ${id} not found`);
  return own;
}

function listMonitors(state: PlatformState, request: PlatformRequest): unknown {
  const { query } = request;
  const [page, asked] = [Number(query.get('page')) || 1, Number(query.get('limit')) || 20];
  const limit = state.faults.has('monitorPageUnbounded') ? asked : Math.min(asked, 100);
  const isOne = (name: string, value: string) => (query.get(name) ?? value) === value;
  const matches = ownMonitors(state, request)
    .filter(({ status, type }) => isOne('status', status) && isOne('type', type))
    .toSorted((a, b) => b.createdAt - a.createdAt);
  const items = matches.slice((page - 1) * limit, page * limit).map((monitor) => monitorRow(state, monitor));
  return { items, total: matches.length, page, limit };
}

/** A row of the database, with what should not be in it. */
function monitorRow(state: PlatformState, monitor: PlatformMonitor): unknown {
  const { id, name, url, type, status, createdAt, checks } = monitor;
  const last = checks.at(-1);
  const changed = checks.findLast(({ isUp }) => isUp !== last?.isUp);
  const down = checks.length - 1 - checks.findLastIndex(({ isUp }) => isUp);
  return {
    id,
    name,
    url,
    type,
    status,
    interval: 60,
    timeout: 10,
    is_active: true,
    is_paused: status === 'paused',
    tags: [],
    ...(state.faults.has('monitorsHoldSecrets') && MONITOR_SECRETS),
    last_check_at: last && iso(last.timeMs),
    last_response_time: last?.responseMs,
    last_status_change: changed && iso(changed.timeMs),
    consecutive_down_count: down,
    organization_id: organizationOf(monitor),
    workspace_id: workspaceOf(monitor),
    created_at: iso(createdAt),
    uptime_stats: {
      ...Object.fromEntries(
        Object.keys(WINDOWS).map((span) => [`uptime_${span}`, share(within(state, checks, span))]),
      ),
      avg_response_time_24h: mean(checks),
    },
    heartbeats: checks
      .slice(-100)
      .map(({ isUp, timeMs }) => ({ status: isUp ? 'up' : 'down', checked_at: iso(timeMs) })),
  };
}

const within = (state: PlatformState, checks: readonly PlatformCheck[], span: string) =>
  checks.filter(({ timeMs }) => timeMs >= state.now() - (WINDOWS[span] ?? 0) * HOUR);

const mean = (checks: readonly PlatformCheck[]) =>
  checks.reduce((all, { responseMs }) => all + responseMs, 0) / Math.max(1, checks.length);

function statsOf(state: PlatformState, { id, checks }: PlatformMonitor): unknown {
  const upChecks = checks.filter(({ isUp }) => isUp).length;
  const spans = Object.keys(WINDOWS).map((span) => ({ span, inside: within(state, checks, span) }));
  const percentiles = (inside: readonly PlatformCheck[]) =>
    Object.fromEntries(
      [50, 75, 90, 95, 99].map((rank) => [
        `p${rank}`,
        Math.round(
          quantile(
            inside.map((one) => one.responseMs),
            rank / 100,
          ),
        ),
      ]),
    );
  return {
    monitorId: id,
    totalChecks: checks.length,
    upChecks,
    downChecks: checks.length - upChecks,
    uptimePercentage: share(checks),
    avgResponseTimeMs: mean(checks),
    ...Object.fromEntries(spans.map(({ span, inside }) => [`uptime${span}`, share(inside)])),
    ...Object.fromEntries(spans.map(({ span, inside }) => [`percentiles${span}`, percentiles(inside)])),
  };
}

function checksOf({ id, checks }: PlatformMonitor, query: URLSearchParams): unknown {
  const timeOf = (name: string, otherwise: number) => Date.parse(query.get(name) ?? '') || otherwise;
  const [from, to] = [timeOf('from', 0), timeOf('to', Number.POSITIVE_INFINITY)];
  const data = checks
    .filter(({ timeMs }) => timeMs >= from && timeMs <= to)
    .toReversed()
    .slice(0, Number(query.get('limit')) || 100)
    .map(({ timeMs, isUp, statusCode, responseMs, error }) => ({
      status: isUp ? 'up' : 'down',
      status_code: statusCode,
      response_time: responseMs,
      timing: null,
      message: null,
      error: error ?? null,
      ssl_info: null,
      response_body: MONITOR_SECRETS.http_body,
      response_headers: MONITOR_SECRETS.http_headers,
      region: 'eu',
      checked_at: iso(timeMs),
    }));
  return { monitorId: id, data, total: data.length };
}

function hoursOf(state: PlatformState, { id, checks }: PlatformMonitor, query: URLSearchParams): unknown {
  const hours = Math.min(Number(query.get('hours')) || 24, 2160);
  const inside = checks.filter(({ timeMs }) => timeMs >= state.now() - hours * HOUR);
  const groups = Map.groupBy(inside, ({ timeMs }) => Math.floor(timeMs / HOUR) * HOUR);
  return {
    monitorId: id,
    hours: [...groups].map(([hour, group]) => ({
      hour: iso(hour),
      totalChecks: group.length,
      successCount: group.filter(({ isUp }) => isUp).length,
      failureCount: group.filter(({ isUp }) => !isUp).length,
      avgResponseTimeMs: mean(group),
    })),
  };
}

function certificates(monitors: readonly PlatformMonitor[]): unknown {
  const perMonitor = monitors.flatMap(({ id, certificateDays: days }) =>
    days === undefined ? [] : [{ monitorId: id, days }],
  );
  const all = perMonitor.map(({ days }) => days);
  return {
    total: all.length,
    nearExpiry: all.filter((days) => days < 30).length,
    minDays: Math.min(...all),
    maxDays: Math.max(...all),
    perMonitor,
  };
}
