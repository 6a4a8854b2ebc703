import type { Writable } from 'node:stream';
import type { Principal } from '../../../../application/request-context.ts';
import type { Doorkeeper } from '../routes.ts';

/** With what a key store takes to see a revocation, less than a second. */
const LOOK_MS = 400;

/** Whoever is inside, with a stream or a request of theirs: shown out when they are no longer welcome. */
export class Guests {
  private readonly doorkeeper: Pick<Doorkeeper, 'isWelcome'>;
  private readonly inside = new Map<Writable, Principal>();
  private looking: NodeJS.Timeout | undefined;

  constructor(doorkeeper: Pick<Doorkeeper, 'isWelcome'>) {
    this.doorkeeper = doorkeeper;
  }

  /** @param way what they are served on: cut when they have to leave */
  add(principal: Principal, way: Writable): void {
    if (principal.kind === 'local') return; // always welcome
    this.inside.set(way, principal);
    way.once('close', () => this.inside.delete(way));
    this.looking ??= setInterval(() => this.look(), LOOK_MS).unref();
  }

  close(): void {
    clearInterval(this.looking);
  }

  private look(): void {
    for (const [way, principal] of this.inside) {
      if (!this.doorkeeper.isWelcome(principal)) way.destroy();
    }
  }
}
