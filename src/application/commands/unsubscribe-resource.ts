import type { SessionSnapshot } from '../../domain/session/session.ts';
import type { SessionId } from '../../domain/session/session-events.ts';
import type { SessionRepository } from '../../domain/session/session-repository.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { SessionWatches } from '../resources/session-watches.ts';
import { updateSession } from './update-session.ts';

/** The client no longer wants to hear when this resource changes. */
export interface UnsubscribeResource {
  readonly sessionId: SessionId;
  readonly uri: string;
}

interface Dependencies {
  readonly sessions: SessionRepository;
  readonly events: EventBus;
  readonly sessionWatches: SessionWatches;
}

export function unsubscribeResource({ sessions, events, sessionWatches }: Dependencies) {
  return ({ sessionId, uri }: UnsubscribeResource): Promise<SessionSnapshot> => {
    sessionWatches.remove(sessionId, uri);
    return updateSession({ sessions, events }, sessionId, (session) => session.unsubscribe(uri));
  };
}
