import type { Vitals } from '../ports/health.ts';
import type { getHealth, Health } from '../queries/get-health.ts';
import { jsonContents, type ResourceDefinition } from './define-resource.ts';

export const HEALTH_URI = 'status://health';

interface Dependencies {
  readonly getHealth: ReturnType<typeof getHealth>;
  readonly vitals: Vitals;
}

/** The server's health as a resource; whoever subscribes hears when a state changes, not of every call. */
export function healthResource({ getHealth, vitals }: Dependencies): ResourceDefinition {
  return {
    resource: {
      uri: HEALTH_URI,
      name: 'health',
      title: 'Health',
      description:
        'State of this server: uptime, sessions, requests in flight, calls and latencies by tool, backends, events',
      mimeType: 'application/json',
    },
    read: async () => [jsonContents(HEALTH_URI, encode(getHealth(vitals)))],
    watch: async (_context, onChange) => vitals.onStateChange(onChange),
  };
}

function encode(health: Health) {
  const { status, version, uptimeSeconds, sessions, requestsInFlight, tools, backends, audit } = health;
  return {
    status,
    version,
    uptime_seconds: rounded(uptimeSeconds),
    sessions,
    requests: { in_flight: requestsInFlight },
    tools: tools.map(({ name, calls, errors, p50Ms, p95Ms }) => ({
      name,
      calls,
      errors,
      p50_ms: rounded(p50Ms),
      p95_ms: rounded(p95Ms),
    })),
    backends: backends.map(({ name, state, latencyMs, reason, lastSuccess, waiting, dropped, backup }) => ({
      name,
      state,
      ...(latencyMs !== undefined && { latency_ms: rounded(latencyMs) }),
      ...(reason !== undefined && { reason }),
      ...(lastSuccess !== undefined && { last_success: lastSuccess }),
      ...(waiting !== undefined && { waiting }),
      ...(dropped !== undefined && { dropped }),
      ...(backup !== undefined && { backup: { made_at: backup.madeAt, kept_until: backup.keptUntil } }),
    })),
    ...(audit && { audit: { waiting: audit.waiting, counted: audit.counted } }),
  };
}

const rounded = (value: number) => Math.round(value * 1000) / 1000;
