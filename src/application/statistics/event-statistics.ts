import type { Usage } from '../../domain/conversation/usage.ts';

/** Durations of the calls whose duration is known; quantiles as `LatencyHistogram`. */
export interface LatencyStatistics {
  readonly measured: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Uses of a thing, by its name. */
export interface UseStatistics {
  readonly name: string;
  readonly uses: number;
  readonly errors: number;
}

export interface CallStatistics {
  readonly calls: number;
  readonly errors: number;
  /** Absent where no duration is known. */
  readonly latencyMs?: LatencyStatistics;
}

/** Counts of what happened in a span of time, from the events that are kept. Lists begin with what was used most. */
export interface EventStatistics {
  /** ISO 8601, UTC. */
  readonly since: string;
  /** ISO 8601, UTC: the time of asking. */
  readonly until: string;
  /** Number of events; those that `counted` has are one for many. */
  readonly events: number;
  /** Of all tools. */
  readonly calls: CallStatistics;
  readonly tools: readonly (CallStatistics & { readonly name: string })[];
  /** Calls of tools over time, in parts of the same length from a time on. */
  readonly overTime: {
    readonly from: string;
    readonly seconds: number;
    readonly calls: readonly number[];
    readonly errors: readonly number[];
  };
  /** Failures of calls, reads and prompts, by their code. */
  readonly failures: readonly { readonly name: string; readonly times: number }[];
  /** Tokens by the model that answered. */
  readonly models: readonly (Usage & { readonly name: string; readonly answers: number })[];
  readonly resources: readonly UseStatistics[];
  readonly prompts: readonly UseStatistics[];
  /** Sessions by the name that the client gave. */
  readonly clients: readonly { readonly name: string; readonly sessions: number }[];
  readonly sessions: { readonly opened: number; readonly closed: number };
  readonly conversations: { readonly begun: number; readonly answers: number };
  /** Those that were counted instead of stored one by one, since there were too many at once: above, they count without latency. */
  readonly counted: {
    readonly calls: number;
    readonly reads: number;
    readonly prompts: number;
    /** Beginnings and ends of sessions, which count nowhere above. */
    readonly sessions: number;
    /** Of things that were not told apart, which count nowhere above. */
    readonly others: number;
  };
}
