import { MAX_SUBSCRIPTIONS, tooManySubscriptions } from '../../domain/session/session.ts';
import type { SessionId } from '../../domain/session/session-events.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { RequestContext } from '../request-context.ts';
import type { Release } from './define-resource.ts';
import type { ResourceWatches } from './resource-watches.ts';

type Beginning = Promise<Release>;

/** The watches of the sessions' subscriptions: a session's all end when it is closed. */
export class SessionWatches {
  private readonly watches: ResourceWatches;
  private readonly bySession = new Map<SessionId, Map<string, Beginning>>();

  constructor(watches: ResourceWatches, events: EventBus) {
    this.watches = watches;
    events.on('SessionClosed', ({ payload }) => this.removeAll(payload.sessionId));
  }

  /**
   * Begins to watch for a session, or goes on. Resolves with whether the session still wants it by then: it may have taken the
   * subscription back, or be closed.
   * @throws DomainError as ResourceWatches, and `session.too-many-subscriptions`
   */
  async add(sessionId: SessionId, uri: string, context: RequestContext): Promise<boolean> {
    const own = this.bySession.get(sessionId) ?? new Map<string, Beginning>();
    const beginning = own.get(uri) ?? this.begin(own, uri, context);
    this.bySession.set(sessionId, own.set(uri, beginning));
    try {
      await beginning;
    } catch (error) {
      if (own.get(uri) === beginning) this.remove(sessionId, uri);
      throw error;
    }
    return this.bySession.get(sessionId)?.get(uri) === beginning;
  }

  /** Removing one that was never added is no error. */
  remove(sessionId: SessionId, uri: string): void {
    const own = this.bySession.get(sessionId);
    release(own?.get(uri));
    own?.delete(uri);
    if (own?.size === 0) this.bySession.delete(sessionId);
  }

  private removeAll(sessionId: SessionId): void {
    for (const beginning of this.bySession.get(sessionId)?.values() ?? []) release(beginning);
    this.bySession.delete(sessionId);
  }

  private async begin(
    own: ReadonlyMap<string, Beginning>,
    uri: string,
    context: RequestContext,
  ): Promise<Release> {
    if (own.size >= MAX_SUBSCRIPTIONS) throw tooManySubscriptions();
    return await this.watches.join(uri, context);
  }
}

/** One that never began was told to whoever wanted it. */
function release(beginning: Beginning | undefined): void {
  beginning?.then(
    (end) => end(),
    () => undefined,
  );
}
