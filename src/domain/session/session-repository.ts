import type { Session } from './session.ts';
import type { SessionId } from './session-events.ts';

/** A store of legacy sessions between requests. */
export interface SessionRepository {
  /**
   * Stores a new session and its pending events together; the caller forgets them afterwards.
   * @throws DomainError `session.exists`
   */
  add(session: Session): Promise<void>;

  /** The session as stored, or undefined. The caller may change its copy freely: only `update` stores. */
  find(id: SessionId): Promise<Session | undefined>;

  /**
   * Loads, changes and stores in one step, events included, and resolves with the session as stored, its events still pending. `change` is
   * pure and synchronous: on a version conflict it runs again on the newer state. What it throws is thrown, nothing stored.
   * @throws DomainError `session.not-found`
   */
  update(id: SessionId, change: (session: Session) => void): Promise<Session>;

  /** Forgets the session; whether there was one. */
  remove(id: SessionId): Promise<boolean>;
}
