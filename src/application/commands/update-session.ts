import type { Session, SessionSnapshot } from '../../domain/session/session.ts';
import type { SessionId } from '../../domain/session/session-events.ts';
import type { SessionRepository } from '../../domain/session/session-repository.ts';
import type { EventBus } from '../events/event-bus.ts';

/** Changes a stored session and tells what happened: the step that every command on a session shares. */
export async function updateSession(
  { sessions, events }: { readonly sessions: SessionRepository; readonly events: EventBus },
  id: SessionId,
  change: (session: Session) => void,
): Promise<SessionSnapshot> {
  const session = await sessions.update(id, change);
  events.publish(session.stored());
  return session.snapshot();
}
