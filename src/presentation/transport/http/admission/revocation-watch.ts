import type { Writable } from 'node:stream';
import type { Principal } from '../../../../application/request-context.ts';
import type { Admission } from './admission.ts';

/** With the time that a key store takes to see a revocation, less than a second. */
const CHECK_MS = 400;

/** Watches the streams of principals that were admitted, and cuts those whose principal is authorized no more. */
export class RevocationWatch {
  private readonly admission: Pick<Admission, 'isStillAuthorized'>;
  private readonly watched = new Map<Writable, Principal>();
  private timer: NodeJS.Timeout | undefined;

  constructor(admission: Pick<Admission, 'isStillAuthorized'>) {
    this.admission = admission;
  }

  /** Watches one stream until it closes: of a response, or of a connection that left HTTP. */
  add(principal: Principal, stream: Writable): void {
    if (principal.kind === 'local') return; // there is nothing to revoke
    this.watched.set(stream, principal);
    stream.once('close', () => this.watched.delete(stream));
    this.timer ??= setInterval(() => this.check(), CHECK_MS).unref();
  }

  close(): void {
    clearInterval(this.timer);
  }

  private check(): void {
    for (const [stream, principal] of this.watched) {
      if (!this.admission.isStillAuthorized(principal)) stream.destroy();
    }
  }
}
