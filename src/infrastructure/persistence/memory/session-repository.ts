import { Session, type SessionSnapshot } from '../../../domain/session/session.ts';
import type { SessionId } from '../../../domain/session/session-events.ts';
import type { SessionRepository } from '../../../domain/session/session-repository.ts';
import { DomainError } from '../../../domain/shared/domain-error.ts';

/** Sessions in this process: all there is on stdio. */
export class MemorySessionRepository implements SessionRepository {
  private readonly snapshots = new Map<SessionId, SessionSnapshot>();

  async add(session: Session): Promise<void> {
    if (this.snapshots.has(session.id)) {
      throw new DomainError('session.exists', 'conflict', `There is a session ${session.id} already`);
    }
    this.snapshots.set(session.id, session.snapshot());
  }

  async find(id: SessionId): Promise<Session | undefined> {
    const snapshot = this.snapshots.get(id);
    return snapshot && Session.rehydrate(snapshot);
  }

  async update(id: SessionId, change: (session: Session) => void): Promise<Session> {
    const snapshot = this.snapshots.get(id);
    if (!snapshot) throw new DomainError('session.not-found', 'not-found', `There is no session ${id}`);
    const session = Session.rehydrate(snapshot);
    change(session); // nothing is awaited in between: no other update can be lost
    this.snapshots.set(id, session.snapshot());
    return session;
  }

  async remove(id: SessionId): Promise<boolean> {
    return this.snapshots.delete(id);
  }
}
