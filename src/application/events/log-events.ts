import type { EventClass } from '../../domain/shared/domain-event.ts';
import type { Logger } from '../ports/logger.ts';
import type { EventBus } from './event-bus.ts';

const LOGGED: readonly EventClass[] = ['state', 'audit', 'registration'];

/** Writes every event to the debug log: its type, its aggregate, never its payload. */
export function logEvents(events: EventBus, logger: Logger): void {
  if (!logger.enabled('debug')) return;
  for (const eventClass of LOGGED) {
    events.onClass(eventClass, (event) => {
      logger.debug(event.type, {
        event_id: event.eventId,
        aggregate: `${event.aggregate.type}:${event.aggregate.id}`,
      });
    });
  }
}
