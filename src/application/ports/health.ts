/** Something behind this server: a database, a cache, a queue. */
export interface BackendHealth {
  readonly name: string;
  readonly state: 'up' | 'down';
  /** Milliseconds of the last check that was answered. */
  readonly latencyMs?: number;
}

/** The process's knowledge of itself and of the things that it depends on. */
export interface Vitals {
  readonly version: string;
  /** Requests under way over all connections, the one that asks included. */
  requestsInFlight(): number;
  /** The configured backends as last checked: asking starts no check. */
  backends(): readonly BackendHealth[];
  /** Calls back when a backend changes its state, until the returned function is called. */
  onStateChange(listener: () => void): () => void;
}
