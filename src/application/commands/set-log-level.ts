import type { LogLevel } from '../../domain/session/log-level.ts';
import type { SessionSnapshot } from '../../domain/session/session.ts';
import type { SessionId } from '../../domain/session/session-events.ts';
import type { SessionRepository } from '../../domain/session/session-repository.ts';
import type { EventBus } from '../events/event-bus.ts';
import { updateSession } from './session-states.ts';

/** From which severity on the client wants log messages. */
export interface SetLogLevel {
  readonly sessionId: SessionId;
  readonly level: LogLevel;
}

interface Dependencies {
  readonly sessions: SessionRepository;
  readonly events: EventBus;
}

export function setLogLevel(dependencies: Dependencies) {
  return ({ sessionId, level }: SetLogLevel): Promise<SessionSnapshot> =>
    updateSession(dependencies, sessionId, (session) => session.setLogLevel(level));
}
