import type { AuditHealth, BackendHealth, Vitals } from '../application/ports/health.ts';
import type { Lifetimes } from './lifetimes.ts';

interface Connection {
  readonly requestsInFlight: number;
}

/** Vitals of this process, and of the backends among what it has opened. */
export class ProcessVitals implements Vitals {
  readonly version: string;
  private readonly lifetimes: Lifetimes;
  private readonly connections = new Set<Connection>();

  readonly audit: () => AuditHealth | undefined;

  constructor(version: string, lifetimes: Lifetimes, audit: () => AuditHealth | undefined = () => undefined) {
    this.version = version;
    this.lifetimes = lifetimes;
    this.audit = audit;
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
    return this.lifetimes.backends();
  }

  onStateChange(listener: () => void): () => void {
    return this.lifetimes.onStateChange(listener);
  }
}
