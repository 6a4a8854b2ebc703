import { type Event, EventBus, type EventType } from '../../../../src/application/events/event-bus.ts';
import { type Negotiated, Session } from '../../../../src/domain/session/session.ts';
import type { SessionId } from '../../../../src/domain/session/session-events.ts';
import { MemorySessionRepository } from '../../../../src/infrastructure/persistence/memory/session-repository.ts';
import { CountingIds, countingStamps } from '../manual-clock.ts';
import { RecordingLogger } from '../recording-logger.ts';

export const sessionId = 's-1' as SessionId;

export const negotiated: Negotiated = {
  protocolVersion: '2025-11-25',
  client: { name: 'Ada', version: '1.0' },
  capabilities: {},
};

const sessionEvents: readonly EventType[] = ['SessionCreated', 'SessionInitialized', 'SessionClosed'];

/** The dependencies of the commands on a session, and the events that were published, by type. */
export function sessionDesk() {
  const events = new EventBus(new RecordingLogger());
  const told: Event['type'][] = [];
  for (const type of sessionEvents) events.on(type, () => told.push(type));
  const sessions = new MemorySessionRepository();
  return {
    sessions,
    events,
    told,
    ids: new CountingIds(),
    nextStamp: countingStamps(),
    /** As the repository has it now. */
    stored: async () => (await sessions.find(sessionId))?.snapshot(),
    /** A session whose initialize was answered. */
    open: async () => {
      const session = Session.open(sessionId, countingStamps()());
      session.initialize(negotiated);
      await sessions.add(session);
    },
  };
}
