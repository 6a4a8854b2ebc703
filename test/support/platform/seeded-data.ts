import {
  OWN,
  type PlatformAlert,
  type PlatformData,
  type PlatformLog,
  type PlatformMetric,
  type PlatformMonitor,
  type PlatformRule,
  type PlatformSpan,
  type PlatformUser,
} from './platform-data.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Rows of these must never come out for a user of `OWN`. */
const OTHER = {
  organizationId: '77777777-0000-4000-8000-000000000001',
  workspaceId: '77777777-0000-4000-8000-000000000002',
} as const;

/** A second workspace of the own organization. */
export const SECOND_WORKSPACE = '3e3a9f0c-1a30-4c87-8a5e-5f5b7d5f0003';

const READER = ['telemetry:read', 'alert:read', 'monitoring:uptime:read'];
const own = { organizationId: OWN.organizationId };

export const reader: PlatformUser = {
  ...own,
  id: 'a1a1a1a1-0000-4000-8000-000000000001',
  email: 'viewer@example.com',
  password: 'Viewer@654123',
  permissions: READER,
};

export const writer: PlatformUser = {
  ...reader,
  id: 'a1a1a1a1-0000-4000-8000-000000000002',
  email: 'developer@example.com',
  password: 'Developer@654123',
  permissions: [...READER, 'alert:write'],
};

const OTHERS: readonly PlatformUser[] = [
  { ...reader, id: 'a1a1a1a1-0000-4000-8000-000000000003', email: 'mfa@example.com', mfa: true },
  { ...reader, id: 'a1a1a1a1-0000-4000-8000-000000000004', email: 'gone@example.com', isActive: false },
  {
    ...reader,
    id: 'a1a1a1a1-0000-4000-8000-000000000005',
    email: 'lone@example.com',
    organizationId: undefined,
  },
  { ...reader, id: 'a1a1a1a1-0000-4000-8000-000000000006', email: 'blind@example.com', permissions: [] },
];

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * The last hour of a small shop, a trace every 30 s: gateway, checkout, payment; with an alert in every state, monitors, and rows of
 * another organization and another workspace beside each kind.
 * @param now its end, in milliseconds since 1970
 */
export function seededData(now: number, seed = 1): PlatformData {
  const random = seededRandom(seed);
  const hex = (length: number) =>
    Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
  const spans: PlatformSpan[] = [];
  const logs: PlatformLog[] = [];
  for (let at = now - HOUR; at < now; at += 30_000) addTrace({ at, hex, random, spans, logs });
  return {
    metrics: metricsUntil(now, random),
    spans: [...spans, ...elsewhere({ ...(spans.at(-1) as PlatformSpan), traceId: 'e'.repeat(32) })],
    logs: [
      ...logs,
      ...elsewhere({ ...(logs.at(-1) as PlatformLog), severity: 'info', traceId: 'e'.repeat(32) }),
    ],
    alerts: alertsUntil(now),
    rules: [rule],
    monitors: monitorsUntil(now),
    users: [reader, writer, ...OTHERS],
  };
}

/** The same row as another workspace and another organization have it. */
function elsewhere<T extends PlatformSpan | PlatformLog | PlatformMetric>(row: T): T[] {
  return [
    { ...row, service: 'second-workspace', workspaceId: SECOND_WORKSPACE },
    { ...row, service: 'other-organization', ...OTHER },
  ];
}

interface TraceMaking {
  readonly at: number;
  readonly hex: (length: number) => string;
  readonly random: () => number;
  readonly spans: PlatformSpan[];
  readonly logs: PlatformLog[];
}

function addTrace({ at, hex, random, spans, logs }: TraceMaking): void {
  const traceId = hex(32);
  const hasFailed = random() < 0.1;
  const payment = 20 + random() * 40;
  const resource = { 'service.version': '1.4.2', 'deployment.environment': 'production' };
  const base = { traceId, status: hasFailed ? 'error' : 'unset', resource } as const;
  const [root, call, charge] = [hex(16), hex(16), hex(16)];
  spans.push(
    {
      ...base,
      spanId: root,
      service: 'gateway',
      name: 'POST /checkout',
      kind: 'server',
      startMs: at + 0.25,
      durationMs: payment + 30,
      attributes: { 'http.response.status_code': hasFailed ? '502' : '200' },
    },
    {
      ...base,
      spanId: call,
      parentSpanId: root,
      service: 'checkout',
      name: 'Checkout/Place',
      kind: 'server',
      startMs: at + 5.5,
      durationMs: payment + 20,
      attributes: { tenant: random() < 0.5 ? 'acme' : 'umbrella' },
    },
    {
      ...base,
      spanId: charge,
      parentSpanId: call,
      service: 'payment',
      name: 'Payment/Charge',
      kind: 'server',
      startMs: at + 12.125,
      durationMs: payment,
      attributes: { 'rpc.method': 'Charge' },
      ...(hasFailed && { statusMessage: 'card declined' }),
    },
  );
  const line = (
    offset: number,
    spanId: string,
    service: string,
    severity: PlatformLog['severity'],
    body: string,
  ) =>
    logs.push({
      timeMs: at + offset,
      severity,
      service,
      body,
      traceId,
      spanId,
      attributes: { 'code.function': 'handle' },
      resource,
    });
  line(1, root, 'gateway', 'info', `POST /checkout from 10.0.0.${Math.floor(random() * 255)}`);
  line(13, charge, 'payment', 'debug', `charge of ${Math.floor(random() * 9000)} cents`);
  if (hasFailed) line(14, charge, 'payment', 'error', 'card_declined: the bank said no');
}

const STEP = 30_000;

function metricsUntil(now: number, random: () => number): PlatformMetric[] {
  const metric = (
    name: string,
    unit: string,
    service: string,
    labels: Record<string, string>,
    value: () => number,
  ): PlatformMetric => ({
    name,
    type: 'gauge',
    unit,
    service,
    labels,
    points: Array.from({ length: HOUR / STEP }, (_, index) => [now - HOUR + index * STEP, value()] as const),
  });
  const own = ['gateway', 'checkout', 'payment'].flatMap((service) =>
    ['a', 'b'].flatMap((pod) => [
      metric(
        'http_server_request_duration_seconds',
        's',
        service,
        { pod: `${service}-${pod}` },
        () => 0.05 + random() / 50,
      ),
      metric('process_cpu_usage', '1', service, { pod: `${service}-${pod}` }, () => 0.3 + random() / 10),
    ]),
  );
  const requests: PlatformMetric = {
    ...metric('http_requests_total', '{request}', 'gateway', { pod: 'gateway-a' }, () => 0),
    type: 'counter',
    points: Array.from(
      { length: HOUR / STEP },
      (_, index) => [now - HOUR + index * STEP, 1000 + index * 30] as const,
    ),
  };
  return [...own, requests, ...elsewhere({ ...requests, name: 'elsewhere_total' })];
}

const rule: PlatformRule = {
  id: 'c0c0c0c0-0000-4000-8000-000000000001',
  name: 'Checkout is slow',
  severity: 'critical',
  conditions: [
    {
      metric: 'http_server_request_duration_seconds',
      aggregation: 'avg',
      operator: 'gt',
      threshold: 0.5,
      duration: '5m',
      labels: { service: 'checkout' },
    },
  ],
  labels: { team: 'shop' },
  enabled: true,
  state: 'alerting',
};

function alertsUntil(now: number): PlatformAlert[] {
  const alert = (number: number, more: Partial<PlatformAlert>): PlatformAlert => ({
    id: `d0d0d0d0-0000-4000-8000-00000000000${number}`,
    alertRuleId: rule.id,
    status: 'firing',
    severity: 'critical',
    title: 'Checkout is slow',
    description: 'avg over 5m is above 0.5',
    currentValue: 0.9,
    threshold: 0.5,
    labels: { service: 'checkout' },
    annotations: { runbook: 'https://example.com/runbook' },
    startsAt: now - number * 5 * MINUTE,
    ...more,
  });
  return [
    alert(1, {}),
    alert(2, { status: 'acknowledged', acknowledgedAt: now - 4 * MINUTE, acknowledgedBy: writer.id }),
    alert(3, {
      status: 'resolved',
      endsAt: now - 2 * MINUTE,
      resolvedAt: now - 2 * MINUTE,
      resolvedBy: 'system',
    }),
    alert(4, { status: 'silenced', severity: 'warning', silencedUntil: now + HOUR }),
    alert(5, { ...OTHER }),
    alert(6, { startsAt: now - 26 * HOUR, severity: 'info' }),
  ];
}

function monitorsUntil(now: number): PlatformMonitor[] {
  const monitor = (number: number, isUp: boolean, more: Partial<PlatformMonitor> = {}): PlatformMonitor => ({
    id: `e0e0e0e0-0000-4000-8000-00000000000${number}`,
    name: `Shop ${number}`,
    url: `https://shop${number}.example.com/health`,
    type: 'https',
    status: isUp ? 'up' : 'down',
    createdAt: now - number * HOUR,
    certificateDays: number * 20,
    checks: Array.from({ length: 120 }, (_, index) => ({
      timeMs: now - (120 - index) * MINUTE,
      isUp: isUp || index < 100,
      statusCode: isUp || index < 100 ? 200 : 503,
      responseMs: 80 + (index % 7),
      ...(!isUp && index >= 100 && { error: 'Expected 200, got 503' }),
    })),
    ...more,
  });
  return [monitor(1, true), monitor(2, false), monitor(3, true, { ...OTHER })];
}
