import type { Vitals } from '../ports/health.ts';
import type { getHealth, Health } from '../queries/get-health.ts';
import { jsonContents, type ResourceDefinition } from './define-resource.ts';

const uri = 'status://health';

interface Dependencies {
  readonly getHealth: ReturnType<typeof getHealth>;
  readonly vitals: Vitals;
}

/** The server's health as a resource; whoever subscribes hears when a state changes, not of every call. */
export function healthResource({ getHealth, vitals }: Dependencies): ResourceDefinition {
  return {
    resource: {
      uri,
      name: 'health',
      title: 'Health',
      description:
        'State of this server: uptime, sessions, requests in flight, calls and latencies by tool, backends',
      mimeType: 'application/json',
    },
    read: async () => [jsonContents(uri, encode(getHealth(vitals)))],
    watch: async (_context, onChange) => vitals.onStateChange(onChange),
  };
}

function encode({ status, version, uptimeSeconds, sessions, requestsInFlight, tools, backends }: Health) {
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
    backends: backends.map(({ name, state, latencyMs }) => ({
      name,
      state,
      ...(latencyMs !== undefined && { latency_ms: rounded(latencyMs) }),
    })),
  };
}

const rounded = (value: number) => Math.round(value * 1000) / 1000;
