import type { SessionSnapshot } from '../../domain/session/session.ts';
import type { SessionId } from '../../domain/session/session-events.ts';
import type { SessionRepository } from '../../domain/session/session-repository.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { RequestContext } from '../request-context.ts';
import type { SessionWatches } from '../resources/session-watches.ts';
import { updateSession } from './update-session.ts';

/** The client wants to hear when this resource changes. */
export interface SubscribeResource {
  readonly sessionId: SessionId;
  readonly uri: string;
}

interface Dependencies {
  readonly sessions: SessionRepository;
  readonly events: EventBus;
  readonly sessionWatches: SessionWatches;
}

/** @throws DomainError `resource.not-found`, `session.too-many-subscriptions`, and whatever the resource refuses this caller with */
export function subscribeResource({ sessions, events, sessionWatches }: Dependencies) {
  return async ({ sessionId, uri }: SubscribeResource, context: RequestContext): Promise<SessionSnapshot> => {
    const isWanted = await sessionWatches.add(sessionId, uri, context);
    try {
      return await updateSession({ sessions, events }, sessionId, (session) => {
        if (isWanted) session.subscribe(uri);
      });
    } catch (error) {
      sessionWatches.remove(sessionId, uri);
      throw error;
    }
  };
}
