import type { EventId, EventStamp } from '../domain/shared/domain-event.ts';
import type { Clock } from './ports/clock.ts';
import type { IdGenerator } from './ports/id-generator.ts';

/** Gives events their id and their time. */
export type NextStamp = () => EventStamp;

export function createEventStamps(clock: Clock, ids: IdGenerator): NextStamp {
  return () => ({ eventId: ids.next() as EventId, occurredAt: clock.timestamp() });
}
