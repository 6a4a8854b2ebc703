import { type Negotiated, Session, type SessionSnapshot } from '../../domain/session/session.ts';
import type { SessionId } from '../../domain/session/session-events.ts';
import type { SessionRepository } from '../../domain/session/session-repository.ts';
import type { NextStamp } from '../event-stamps.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { IdGenerator } from '../ports/id-generator.ts';

/** A legacy client's `initialize`, version already negotiated. */
export type InitializeSession = Negotiated;

interface Dependencies {
  readonly sessions: SessionRepository;
  readonly events: EventBus;
  readonly ids: IdGenerator;
  readonly nextStamp: NextStamp;
}

/** Opens a session; if anything fails, none is left behind. */
export function initializeSession({ sessions, events, ids, nextStamp }: Dependencies) {
  return async (message: InitializeSession): Promise<SessionSnapshot> => {
    const session = Session.open(ids.next() as SessionId, nextStamp());
    session.initialize(message);
    await sessions.add(session);
    events.publish(session.stored());
    return session.snapshot();
  };
}
