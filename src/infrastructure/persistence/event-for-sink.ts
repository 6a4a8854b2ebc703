import type { StoredEvent } from '../../application/ports/store.ts';
import type { DomainEvent } from '../../domain/shared/domain-event.ts';

/** The event as sinks get it: arguments themselves are for the local store alone. */
export function eventForSink({ cursor: _, ...event }: StoredEvent): DomainEvent {
  const { arguments: given, argumentsCut, ...payload } = event.payload;
  if (given === undefined) return event;
  return { ...event, payload };
}
