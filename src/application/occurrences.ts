import type { EventId, Occurrence } from '../domain/shared/domain-event.ts';
import type { Clock } from './ports/clock.ts';
import type { IdGenerator } from './ports/id-generator.ts';

/** Gives events their id and their time. */
export type Occurrences = () => Occurrence;

export function createOccurrences(clock: Clock, ids: IdGenerator): Occurrences {
  return () => ({ eventId: ids.next() as EventId, occurredAt: clock.timestamp() });
}
