import type { SessionId } from '../../domain/session/session-events.ts';
import type { SessionRepository } from '../../domain/session/session-repository.ts';
import type { NextStamp } from '../event-stamps.ts';
import type { EventBus } from '../events/event-bus.ts';
import { updateSession } from './update-session.ts';

/** The client's stay is over: `shutdown`, end of input, or a new `initialize` in its place. */
export interface CloseSession {
  readonly sessionId: SessionId;
  /** Ends what the session still has under way; resolves when that has stopped. */
  readonly drain: () => Promise<void>;
}

interface Dependencies {
  readonly sessions: SessionRepository;
  readonly events: EventBus;
  readonly nextStamp: NextStamp;
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
