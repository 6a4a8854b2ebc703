import type { SessionSnapshot } from '../../domain/session/session.ts';
import type { SessionId } from '../../domain/session/session-events.ts';
import type { SessionRepository } from '../../domain/session/session-repository.ts';
import type { EventBus } from '../events/event-bus.ts';
import { type ResourceRegistries, requireResource } from '../resources/resource-registries.ts';
import { updateSession } from './update-session.ts';

/** The client wants to hear when this resource changes. */
export interface SubscribeResource {
  readonly sessionId: SessionId;
  readonly uri: string;
}

interface Dependencies extends ResourceRegistries {
  readonly sessions: SessionRepository;
  readonly events: EventBus;
}

/** @throws DomainError `resource.not-found`, `session.too-many-subscriptions` */
export function subscribeResource(dependencies: Dependencies) {
  return async ({ sessionId, uri }: SubscribeResource): Promise<SessionSnapshot> => {
    requireResource(dependencies, uri);
    return await updateSession(dependencies, sessionId, (session) => session.subscribe(uri));
  };
}
