import type { Writable } from 'node:stream';
import type { Principal } from '../../../../application/request-context.ts';
import type { Admission } from './admission.ts';

/** With the time that a key store takes to see a revocation, less than a second. */
const CHECK_MS = 400;

/** A thing that was opened for a principal; whose it is may change to the same person with a newer token. */
export interface Owned {
  readonly principal: Principal;
}

/** Ends what belongs to a principal. @param mayReturn true if the same one may come back with another credential */
export type End = (mayReturn: boolean) => void;

/** Watches what principals were admitted to, and ends what belongs to those that are authorized no more. */
export class RevocationWatch {
  private readonly admission: Pick<Admission, 'isStillAuthorized' | 'mayReturn'>;
  private readonly watched = new Map<Owned, End>();
  private timer: NodeJS.Timeout | undefined;

  constructor(admission: Pick<Admission, 'isStillAuthorized' | 'mayReturn'>) {
    this.admission = admission;
  }

  /** Watches one stream until it closes: of a response, or of a connection that left HTTP. */
  add(principal: Principal, stream: Writable): void {
    const owned = { principal };
    this.watch(owned, () => stream.destroy());
    stream.once('close', () => this.forget(owned));
  }

  /** Watches what outlives the streams that serve it, until it is forgotten. @param end called at every check that finds it unauthorized */
  watch(owned: Owned, end: End): void {
    if (owned.principal.kind === 'local') return; // there is nothing to revoke
    this.watched.set(owned, end);
    this.timer ??= setInterval(() => this.check(), CHECK_MS).unref();
  }

  forget(owned: Owned): void {
    this.watched.delete(owned);
  }

  close(): void {
    clearInterval(this.timer);
  }

  private check(): void {
    for (const [owned, end] of this.watched) {
      const { principal } = owned;
      if (!this.admission.isStillAuthorized(principal)) end(this.admission.mayReturn(principal));
    }
  }
}
