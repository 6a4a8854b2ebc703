import type { SessionSnapshot } from '../../domain/session/session.ts';
import type { SessionId } from '../../domain/session/session-events.ts';
import type { SessionRepository } from '../../domain/session/session-repository.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { Eventual } from '../eventual.ts';
import type { RequestContext } from '../request-context.ts';
import type { Release } from '../resources/define-resource.ts';
import type { ResourceWatches } from '../resources/resource-watches.ts';
import type { SessionWatches } from '../resources/session-watches.ts';
import { updateSession } from './session-states.ts';

interface Dependencies {
  readonly sessions: SessionRepository;
  readonly events: EventBus;
  readonly sessionWatches: SessionWatches;
}

/** The client wants to hear when this resource changes. */
export interface SubscribeResource {
  readonly sessionId: SessionId;
  readonly uri: string;
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

/** The client no longer wants to hear when this resource changes. */
export interface UnsubscribeResource {
  readonly sessionId: SessionId;
  readonly uri: string;
}

export function unsubscribeResource({ sessions, events, sessionWatches }: Dependencies) {
  return ({ sessionId, uri }: UnsubscribeResource): Promise<SessionSnapshot> => {
    sessionWatches.remove(sessionId, uri);
    return updateSession({ sessions, events }, sessionId, (session) => session.unsubscribe(uri));
  };
}

/** A caller without a session wants changes of this resource told, as ResourceUpdated, until it calls what it gets. */
export interface WatchResource {
  readonly uri: string;
}

/** @throws DomainError `resource.not-found`, and whatever the resource refuses this caller with */
export function watchResource({ resourceWatches }: { readonly resourceWatches: ResourceWatches }) {
  return ({ uri }: WatchResource, context: RequestContext): Eventual<Release> =>
    resourceWatches.join(uri, context);
}
