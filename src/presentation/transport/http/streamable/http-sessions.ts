import { randomUUID } from 'node:crypto';
import { countedName, isSamePrincipal, type Principal } from '../../../../application/request-context.ts';
import type { SessionId } from '../../../../domain/session/session-events.ts';
import type { RevocationWatch } from '../admission/revocation-watch.ts';
import type { OpenConnections } from '../connections/open-connections.ts';
import { SharedBudget } from '../connections/shared-budget.ts';
import { Shares } from '../connections/shares.ts';
import { HttpSession, type HttpSessionFacts } from './http-session.ts';

const SWEEP_MS = 10_000;

/** For the logs of all sessions: of one that is never resumed the log is a burden, so a few dozen full ones are kept. */
const LOG_CHARACTERS = 32 * 1024 * 1024;

export interface HttpSessionsOptions {
  readonly connect: HttpSessionFacts['connect'];
  readonly connections: OpenConnections;
  /** Sessions at once. */
  readonly most: number;
  /** Milliseconds after which one that nobody uses is closed. */
  readonly idleMs: number;
  /** Absent where nobody has to authenticate. */
  readonly revocations?: RevocationWatch | undefined;
}

/** The legacy sessions over HTTP, by the id that each client sends along. */
export class HttpSessions {
  private readonly options: HttpSessionsOptions;
  private readonly sessions = new Map<string, HttpSession>();
  private readonly shares: Shares<HttpSession>;
  private readonly logs = new SharedBudget({ total: LOG_CHARACTERS });
  private sweeper: NodeJS.Timeout | undefined;

  constructor(options: HttpSessionsOptions) {
    this.options = options;
    this.shares = new Shares({
      most: options.most,
      idleSince: ({ isIdle, lastUsed }) => (isIdle ? lastUsed : undefined),
    });
  }

  /** A new session, by the end of another where there are too many; undefined when none may be ended for it. */
  open(principal: Principal): HttpSession | undefined {
    const owner = countedName(principal);
    const place = this.shares.placeFor(owner);
    if (place === undefined) return undefined;
    if (place.displaced) void this.close(place.displaced);
    const { connect, connections, revocations } = this.options;
    const id = randomUUID() as SessionId;
    const session = new HttpSession({ id, principal, connect, logs: this.logs, now: performance.now() });
    this.sessions.set(session.id, session);
    this.shares.add(owner, session);
    connections.add(session);
    revocations?.watch(session, (mayReturn) => this.revoke(session, mayReturn));
    this.sweeper ??= setInterval(() => this.sweep(), Math.min(SWEEP_MS, this.options.idleMs)).unref();
    return session;
  }

  /** The session of this id, if it is this principal's: to others it does not exist, and to nobody while the server stops. */
  find(id: string, principal: Principal): HttpSession | undefined {
    const session = this.sessions.get(id);
    if (!session || this.options.connections.isClosing || !isSamePrincipal(session.principal, principal))
      return undefined;
    session.use(principal);
    return session;
  }

  /** Ends a session, with what it has under way. */
  async close(session: HttpSession): Promise<void> {
    this.sessions.delete(session.id);
    this.shares.delete(session);
    this.options.revocations?.forget(session);
    await this.options.connections.close(session, Promise.resolve());
  }

  /**
   * Ends what is under way for who may not be here any more. A key that was taken back does not return, so its session ends; a token
   * that ran out, or a key that was renewed, is followed by a newer one, and clients go on with their session then.
   */
  private revoke(session: HttpSession, mayReturn: boolean): void {
    if (mayReturn)
      session.connection.peer.cancelAll(new Error('The token or key of the client is not good any more'));
    else void this.close(session);
  }

  private sweep(): void {
    if (this.options.connections.isClosing) return;
    const oldest = performance.now() - this.options.idleMs;
    for (const session of this.sessions.values()) {
      if (session.isIdle && session.lastUsed < oldest) void this.close(session);
    }
  }
}
