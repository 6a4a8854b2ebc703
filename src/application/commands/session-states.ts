import { type Negotiated, Session, type SessionSnapshot } from '../../domain/session/session.ts';
import type { SessionId } from '../../domain/session/session-events.ts';
import type { SessionRepository } from '../../domain/session/session-repository.ts';
import type { NextStamp } from '../event-stamps.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { IdGenerator } from '../ports/id-generator.ts';

interface Dependencies {
  readonly sessions: SessionRepository;
  readonly events: EventBus;
  readonly nextStamp: NextStamp;
}

/** Changes a stored session and tells what happened: the step that every command on a session shares. */
export async function updateSession(
  { sessions, events }: Pick<Dependencies, 'sessions' | 'events'>,
  id: SessionId,
  change: (session: Session) => void,
): Promise<SessionSnapshot> {
  const session = await sessions.update(id, change);
  events.publish(session.stored());
  return session.snapshot();
}

/** A legacy client's `initialize`, version already negotiated. */
export interface InitializeSession extends Negotiated {
  /** The session's id, where the client has been told one already; made anew where absent. */
  readonly id?: SessionId | undefined;
}

/** Opens a session; if anything fails, none is left behind. */
export function initializeSession({
  sessions,
  events,
  ids,
  nextStamp,
}: Dependencies & { readonly ids: IdGenerator }) {
  return async (message: InitializeSession): Promise<SessionSnapshot> => {
    const { id = ids.next() as SessionId, ...negotiated } = message;
    const session = Session.open(id, nextStamp());
    session.initialize(negotiated);
    await sessions.add(session);
    events.publish(session.stored());
    return session.snapshot();
  };
}

/** The client said `notifications/initialized`, or went on as if it had. */
export interface ConfirmSession {
  readonly sessionId: SessionId;
}

export function confirmSession(dependencies: Dependencies) {
  return ({ sessionId }: ConfirmSession): Promise<SessionSnapshot> =>
    updateSession(dependencies, sessionId, (session) => session.confirm(dependencies.nextStamp()));
}

/** The client's session is over: `shutdown`, end of input, or a new `initialize` in its place. */
export interface CloseSession {
  readonly sessionId: SessionId;
  /** Ends what the session still has under way; resolves when that has stopped. */
  readonly drain: () => Promise<void>;
}

/** Walks the session through `closing` to `closed` and forgets it. */
export function closeSession({ sessions, events, nextStamp }: Dependencies) {
  return async ({ sessionId, drain }: CloseSession): Promise<void> => {
    await updateSession({ sessions, events }, sessionId, (session) => session.beginClosing());
    await drain();
    await updateSession({ sessions, events }, sessionId, (session) => session.finishClosing(nextStamp()));
    await sessions.remove(sessionId);
  };
}
