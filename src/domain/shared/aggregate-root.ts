import type { DomainEvent } from './domain-event.ts';

/** Base of what has an identity and guards its invariants. It keeps what happened to it until that is stored. */
export abstract class AggregateRoot<Event extends DomainEvent<string, object>> {
  private events: readonly Event[] = [];

  protected record(event: Event): void {
    this.events = [...this.events, event];
  }

  /** Events that are not stored yet, oldest first: an adapter stores them together with the state. */
  get pendingEvents(): readonly Event[] {
    return this.events;
  }

  /** Forgets the pending events once state and events are stored. @returns them, to be published */
  stored(): readonly Event[] {
    const events = this.events;
    this.events = [];
    return events;
  }
}
