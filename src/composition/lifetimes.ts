import type { Eventual } from '../application/eventual.ts';
import type { BackendHealth } from '../application/ports/health.ts';
import type { Logger } from '../application/ports/logger.ts';

/** Something that was opened and has to be closed. */
export interface Lifetime {
  readonly name: string;
  /** @param deadline resolves when nobody waits for it any more */
  close(deadline: Promise<unknown>): Eventual<void>;
  /** States as last checked, of what other processes provide; without it nobody asks. */
  backends?(): readonly BackendHealth[];
  /** Calls back when that state changes, until the returned function is called. */
  onStateChange?(listener: () => void): () => void;
}

/** Everything in this process that has a life, in the order in which it was opened: repositories, stores, pools, exporters. */
export class Lifetimes {
  private readonly opened: Lifetime[] = [];
  private readonly logger: Logger;

  constructor(logger: Logger) {
    this.logger = logger;
  }

  add(lifetime: Lifetime): void {
    this.opened.push(lifetime);
  }

  /** States of those that have one. */
  backends(): readonly BackendHealth[] {
    return this.opened.flatMap((lifetime) => lifetime.backends?.() ?? []);
  }

  /** Calls back when one of those opened so far changes its state, until the returned function is called. */
  onStateChange(listener: () => void): () => void {
    const leave = this.opened.map((lifetime) => lifetime.onStateChange?.(listener));
    return () => {
      for (const off of leave) off?.();
    };
  }

  /**
   * Closes everything, what was opened last first: it may stand on what was opened before it. One that fails is logged and keeps
   * nobody else open. Resolves at the deadline at the latest; what is left then is still told to close.
   */
  async close(deadline: Promise<unknown>): Promise<void> {
    for (const lifetime of this.opened.splice(0).reverse())
      await Promise.race([this.end(lifetime, deadline), deadline]);
  }

  private async end(lifetime: Lifetime, deadline: Promise<unknown>): Promise<void> {
    try {
      await lifetime.close(deadline);
    } catch (error) {
      this.logger.error('Closing failed', { what: lifetime.name, error: String(error) });
    }
  }
}
