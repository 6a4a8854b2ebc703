import type { SessionSnapshot } from '../../domain/session/session.ts';
import type { SessionId } from '../../domain/session/session-events.ts';
import type { SessionRepository } from '../../domain/session/session-repository.ts';
import type { NextStamp } from '../event-stamps.ts';
import type { EventBus } from '../events/event-bus.ts';
import { updateSession } from './update-session.ts';

/** The client said `notifications/initialized`, or went on as if it had. */
export interface ConfirmSession {
  readonly sessionId: SessionId;
}

interface Dependencies {
  readonly sessions: SessionRepository;
  readonly events: EventBus;
  readonly nextStamp: NextStamp;
}

export function confirmSession(dependencies: Dependencies) {
  return ({ sessionId }: ConfirmSession): Promise<SessionSnapshot> =>
    updateSession(dependencies, sessionId, (session) => session.confirm(dependencies.nextStamp()));
}
