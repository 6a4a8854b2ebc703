import type { BackendHealth, Vitals } from '../application/ports/health.ts';

interface Connection {
  readonly requestsInFlight: number;
}

/** What this process knows of itself. It has no backends yet, and so no state that could change. */
export class ProcessVitals implements Vitals {
  readonly version: string;
  private readonly connections = new Set<Connection>();

  constructor(version: string) {
    this.version = version;
  }

  /** Counts the requests of a connection from here on. */
  count(connection: Connection): void {
    this.connections.add(connection);
  }

  requestsInFlight(): number {
    let sum = 0;
    for (const { requestsInFlight } of this.connections) sum += requestsInFlight;
    return sum;
  }

  backends(): readonly BackendHealth[] {
    return [];
  }

  onStateChange(_listener: () => void): () => void {
    return () => undefined;
  }
}
