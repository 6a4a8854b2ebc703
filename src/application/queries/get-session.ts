import type { SessionSnapshot } from '../../domain/session/session.ts';
import type { SessionId } from '../../domain/session/session-events.ts';
import type { SessionRepository } from '../../domain/session/session-repository.ts';

export interface GetSession {
  readonly sessionId: SessionId;
}

/** The session's state, or undefined when there is none. */
export function getSession({ sessions }: { readonly sessions: SessionRepository }) {
  return async ({ sessionId }: GetSession): Promise<SessionSnapshot | undefined> =>
    (await sessions.find(sessionId))?.snapshot();
}
