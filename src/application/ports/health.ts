/** Something behind this server: a database, a cache, a queue. */
export interface BackendHealth {
  readonly name: string;
  readonly state: 'up' | 'down';
  /** The reason why it is down, and what to do. */
  readonly reason?: string;
  /** False if the server is of use without it. */
  readonly isRequired?: boolean;
  /** The copy of what it had before this program changed it, and the time from which on it is removed; RFC 3339. */
  readonly backup?: { readonly madeAt: string; readonly keptUntil: string };
  /** Milliseconds of the last check that was answered. */
  readonly latencyMs?: number;
  /** Of one that is sent to: when it last took something, ISO 8601, UTC; what waits to be sent, and what never will be. */
  readonly lastSuccess?: string;
  readonly waiting?: number;
  readonly dropped?: number;
}

/** Events of calls, on their way into the store. */
export interface AuditHealth {
  /** Events that are not stored yet. */
  readonly waiting: number;
  /** Events that were counted instead of stored one by one, since the start. */
  readonly counted: number;
}

/** The process's knowledge of itself and of the things that it depends on. */
export interface Vitals {
  readonly version: string;
  /** Requests under way over all connections, the one that asks included. */
  requestsInFlight(): number;
  /** The configured backends as last checked: asking starts no check. */
  backends(): readonly BackendHealth[];
  /** Undefined where no events are stored. */
  audit(): AuditHealth | undefined;
  /** Calls back when a backend changes its state, until the returned function is called. */
  onStateChange(listener: () => void): () => void;
}
