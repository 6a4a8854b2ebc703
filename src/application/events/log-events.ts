import type { Logger } from '../ports/logger.ts';
import type { EventBus, EventType } from './event-bus.ts';

const LOGGED: readonly EventType[] = [
  'SessionCreated',
  'SessionInitialized',
  'SessionClosed',
  'ConversationCreated',
  'MessageAdded',
  'ConversationClosed',
  'ToolRegistered',
  'ToolExecuted',
  'ResourceRegistered',
  'ResourceUpdated',
  'ResourceRead',
  'PromptRegistered',
  'PromptExecuted',
];

/** Writes every event to the debug log: its type, its aggregate, never its payload. */
export function logEvents(events: EventBus, logger: Logger): void {
  if (!logger.enabled('debug')) return;
  for (const type of LOGGED) {
    events.on(type, (event) => {
      logger.debug(event.type, {
        event_id: event.eventId,
        aggregate: `${event.aggregate.type}:${event.aggregate.id}`,
      });
    });
  }
}
