import { aDate, aNumber, aUuid, check, longest, oneOf } from './platform-checks.ts';
import type { PlatformAlert, PlatformRule } from './platform-data.ts';
import { PlatformFailure, type PlatformRequest, type PlatformRoute } from './platform-request.ts';
import { organizationOf, type PlatformState, workspaceOf } from './platform-state.ts';

const STATUSES = ['firing', 'acknowledged', 'resolved', 'silenced'];
const SEVERITIES = ['critical', 'warning', 'info'];

const iso = (timeMs: number | undefined) => timeMs && new Date(timeMs).toISOString();

const success = (data: unknown) => ({ status: 'success', data });

export function alertRoutes(state: PlatformState): readonly PlatformRoute[] {
  const route = (method: 'GET' | 'POST', path: string, handle: PlatformRoute['handle']): PlatformRoute => ({
    method,
    path: `/api/v2/${path}`,
    permission: method === 'GET' ? 'alert:read' : 'alert:write',
    handle,
  });
  const change = (
    name: string,
    changeOf: (alert: PlatformAlert, request: PlatformRequest) => Partial<PlatformAlert>,
  ) =>
    route('POST', `alert-instances/:id/${name}`, (request) => {
      const alert = ownAlert(state, request);
      const changed = { ...alert, ...changeOf(alert, request) };
      state.alerts.set(alert.id, changed);
      return success(alertItem(state, changed));
    });
  return [
    route('GET', 'alert-instances', (request) => success(listAlerts(state, request))),
    route('GET', 'alert-instances/stats', (request) => success(statsOf(ownAlerts(state, request)))),
    route('GET', 'alert-instances/:id', (request) => success(alertItem(state, ownAlert(state, request)))),
    change('acknowledge', (alert, { body, user }) => acknowledge(state, alert, body, user?.userId)),
    change('resolve', (alert, { body, user }) => resolve(state, alert, body, user?.userId)),
    change('silence', (alert, { body }) => silence(state, alert, body)),
    route('GET', 'alert-rules', (request) => listRules(state, request)),
    route('GET', 'alert-rules/:id', (request) => {
      const own = ownRules(state, request).find(({ id }) => id === request.params['id']);
      if (own === undefined) throw new PlatformFailure(404, 'Alert rule not found');
      return ruleItem(own);
    }),
  ];
}

function organizationFor({ user }: PlatformRequest): string {
  if (user?.organizationId === undefined)
    throw new PlatformFailure(400, 'User must belong to an organization');
  return user.organizationId;
}

function ownAlerts(state: PlatformState, request: PlatformRequest): readonly PlatformAlert[] {
  const organization = organizationFor(request);
  return [...state.alerts.values()].filter((alert) => organizationOf(alert) === organization);
}

function ownAlert(state: PlatformState, request: PlatformRequest): PlatformAlert {
  const organization = organizationFor(request);
  const alert = state.alerts.get(request.params['id'] ?? '');
  if (alert === undefined) throw new PlatformFailure(404, 'Alert instance not found');
  if (organizationOf(alert) !== organization) throw new PlatformFailure(403, 'Access denied');
  return alert;
}

interface Page {
  readonly page: number;
  readonly pageSize: number;
}

function pageOf(query: URLSearchParams): Page {
  const numberOf = (name: string, otherwise: number) => Number(query.get(name) ?? otherwise);
  const page = { page: numberOf('page', 1), pageSize: numberOf('pageSize', 20) };
  check({ ...page }, { required: { page: aNumber(1), pageSize: aNumber(1, 100) } });
  return page;
}

function cut<T>(rows: readonly T[], { page, pageSize }: Page, write: (row: T) => unknown) {
  const items = rows.slice((page - 1) * pageSize, page * pageSize).map(write);
  return { items, total: rows.length, page, pageSize, totalPages: Math.ceil(rows.length / pageSize) };
}

function listAlerts(state: PlatformState, request: PlatformRequest): unknown {
  const { query } = request;
  const organization = organizationFor(request);
  const page = pageOf(query);
  const given = (name: string) => query.get(name) ?? undefined;
  const [status, severity, rule] = [given('status'), given('severity'), given('alertRuleId')];
  const [start, end] = [given('startDate'), given('endDate')];
  check(
    { status, severity, alertRuleId: rule, startDate: start, endDate: end },
    {
      optional: {
        status: oneOf(STATUSES),
        severity: oneOf(SEVERITIES),
        alertRuleId: aUuid,
        startDate: aDate,
        endDate: aDate,
      },
    },
  );
  const list = () => {
    const isOne = (wanted: string | undefined, value: string) => wanted === undefined || wanted === value;
    const matches = ownAlerts(state, request).filter(
      (alert) =>
        isOne(status, alert.status) &&
        isOne(severity, alert.severity) &&
        isOne(rule, alert.alertRuleId) &&
        (start === undefined || alert.startsAt >= Date.parse(start)) &&
        (end === undefined || alert.startsAt <= Date.parse(end)),
    );
    const newestFirst = matches.toSorted((a, b) => b.startsAt - a.startsAt);
    return cut(newestFirst, page, (alert) => alertItem(state, alert));
  };
  if (!state.faults.has('alertsCached')) return list();
  const key = ['alerts', organization, page.page, page.pageSize, status, severity].join(':');
  return state.cache(key, 30_000, list);
}

function alertItem(state: PlatformState, alert: PlatformAlert): unknown {
  const { startsAt, endsAt, acknowledgedAt, resolvedAt, silencedUntil, ...rest } = alert;
  return {
    ...rest,
    organizationId: organizationOf(alert),
    workspaceId: workspaceOf(alert),
    startsAt: iso(startsAt),
    endsAt: iso(endsAt),
    duration: (endsAt ?? state.now()) - startsAt,
    acknowledgedAt: iso(acknowledgedAt),
    resolvedAt: iso(resolvedAt),
    silencedUntil: iso(silencedUntil),
    fingerprint: `${alert.alertRuleId}:${Object.entries(alert.labels)
      .map(([k, v]) => `${k}=${v}`)
      .sort()
      .join(',')}`,
    createdAt: iso(startsAt),
    updatedAt: iso(startsAt),
  };
}

function statsOf(alerts: readonly PlatformAlert[]): unknown {
  const count = (fits: (alert: PlatformAlert) => boolean) => alerts.filter(fits).length;
  const isActive = ({ status }: PlatformAlert) => status === 'firing' || status === 'acknowledged';
  return {
    total: alerts.length,
    ...Object.fromEntries(STATUSES.map((wanted) => [wanted, count(({ status }) => status === wanted)])),
    bySeverity: Object.fromEntries(
      SEVERITIES.map((wanted) => [wanted, count((alert) => isActive(alert) && alert.severity === wanted)]),
    ),
  };
}

type Body = PlatformRequest['body'];

function acknowledge(state: PlatformState, { status }: PlatformAlert, body: Body, userId?: string) {
  check(body, { optional: { comment: longest(1000) } });
  if (status !== 'firing') return changesNothing(state, 'Alert is not firing');
  const { comment } = body as { readonly comment?: string };
  const at = { status: 'acknowledged', acknowledgedAt: state.now() } as const;
  return {
    ...at,
    ...(userId && { acknowledgedBy: userId }),
    ...(comment && { acknowledgeComment: comment }),
  };
}

function resolve(state: PlatformState, { status }: PlatformAlert, body: Body, userId?: string) {
  check(body, { optional: { resolution: longest(2000) } });
  if (status === 'resolved') return changesNothing(state, 'Alert is already resolved');
  const { resolution } = body as { readonly resolution?: string };
  const at = { status: 'resolved', endsAt: state.now(), resolvedAt: state.now() } as const;
  return { ...at, ...(userId && { resolvedBy: userId }), ...(resolution && { resolution }) };
}

function changesNothing(state: PlatformState, message: string) {
  if (!state.faults.has('uselessChangesAnswer200')) throw new PlatformFailure(400, message);
  return {};
}

function silence(state: PlatformState, { status, annotations }: PlatformAlert, body: Body) {
  check(body, { required: { until: aDate }, optional: { reason: longest(1000) } });
  if (status === 'resolved' && !state.faults.has('resolvedCanBeSilenced')) {
    throw new PlatformFailure(400, 'Cannot silence resolved alert');
  }
  const { until, reason } = body as { readonly until: string; readonly reason?: string };
  const keepsReason = reason !== undefined && !state.faults.has('silenceDropsReason');
  return {
    status: 'silenced',
    silencedUntil: Date.parse(until),
    ...(keepsReason && { annotations: { ...annotations, silenceReason: reason } }),
  } as const;
}

function ownRules(state: PlatformState, request: PlatformRequest): readonly PlatformRule[] {
  const organization = organizationFor(request);
  return state.data.rules.filter((rule) => organizationOf(rule) === organization);
}

/** Rules answer without an envelope. */
function listRules(state: PlatformState, request: PlatformRequest): unknown {
  const { query } = request;
  const page = pageOf(query);
  const list = () => {
    const isOne = (name: string, value: unknown) => (query.get(name) ?? String(value)) === String(value);
    const search = (query.get('search') ?? '').toLowerCase();
    const matches = ownRules(state, request).filter(
      ({ enabled, severity, state: ruleState, name }) =>
        isOne('enabled', enabled) &&
        isOne('severity', severity) &&
        isOne('state', ruleState) &&
        name.toLowerCase().includes(search),
    );
    return cut(matches, page, ruleItem);
  };
  if (!state.faults.has('rulesCached')) return list();
  const filters = ['enabled', 'severity', 'state'].map((name) => query.get(name) ?? '');
  return state.cache(
    ['rules', organizationFor(request), page.page, page.pageSize, ...filters].join(':'),
    60_000,
    list,
  );
}

function ruleItem(rule: PlatformRule): unknown {
  return {
    ...rule,
    organizationId: organizationOf(rule),
    notificationChannels: [],
    annotations: {},
    evaluationInterval: '1m',
    forDuration: '5m',
    queryLanguage: 'condition',
    queryString: null,
  };
}
