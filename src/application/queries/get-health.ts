import type { Statistics, ToolStatistics } from '../events/collect-statistics.ts';
import type { Clock } from '../ports/clock.ts';
import type { AuditHealth, BackendHealth, Vitals } from '../ports/health.ts';

export interface Health {
  /** Degraded: it serves, without something that it was configured to have. */
  readonly status: 'healthy' | 'degraded';
  readonly version: string;
  readonly uptimeSeconds: number;
  readonly sessions: { readonly open: number; readonly opened: number; readonly closed: number };
  readonly requestsInFlight: number;
  readonly tools: readonly ToolStatistics[];
  readonly backends: readonly BackendHealth[];
  readonly audit: AuditHealth | undefined;
}

interface Dependencies {
  readonly clock: Clock;
  readonly statistics: Statistics;
}

/** Reports the server's health, from facts that are known already: nothing is checked for it. */
export function getHealth({ clock, statistics }: Dependencies) {
  const started = clock.monotonic();
  return (vitals: Vitals): Health => {
    const backends = vitals.backends();
    const { opened, closed } = statistics.sessions();
    return {
      status: backends.some(({ state }) => state === 'down') ? 'degraded' : 'healthy',
      version: vitals.version,
      uptimeSeconds: (clock.monotonic() - started) / 1000,
      sessions: { open: opened - closed, opened, closed },
      requestsInFlight: vitals.requestsInFlight(),
      tools: statistics.tools(),
      backends,
      audit: vitals.audit(),
    };
  };
}
