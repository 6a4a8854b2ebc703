import type { DomainEvent } from './domain-event.ts';

/** What has an identity and guards its invariants; it remembers what happened to it until someone asks. */
export abstract class AggregateRoot<Event extends DomainEvent<string, object>> {
  private events: Event[] = [];

  protected record(event: Event): void {
    this.events.push(event);
  }

  /** Hands over the events since the last call, oldest first, and forgets them. */
  pullEvents(): readonly Event[] {
    const events = this.events;
    this.events = [];
    return events;
  }
}
