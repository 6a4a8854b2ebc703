import type { EventFeed } from '../../../application/ports/event-feed.ts';
import type { EventCursor, Store } from '../../../application/ports/store.ts';
import type { DomainEvent } from '../../../domain/shared/domain-event.ts';
import { eventForSink } from '../event-for-sink.ts';

/** A feed of a store that is this process's alone: who delivers is known, and has all the time. */
export class MemoryEventFeed implements EventFeed {
  private readonly store: Store;
  private readonly cursors = new Map<string, EventCursor>();
  private readonly held = new Set<string>();

  constructor(store: Store) {
    this.store = store;
  }

  async relay(
    sink: string,
    limit: number,
    deliver: (events: readonly DomainEvent[]) => Promise<void>,
  ): Promise<number | 'held elsewhere'> {
    if (this.held.has(sink)) return 'held elsewhere';
    this.held.add(sink);
    try {
      const stored = await this.store.events({}, this.cursors.get(sink), limit);
      const last = stored.at(-1);
      if (last === undefined) return 0;
      await deliver(stored.map(eventForSink));
      this.cursors.set(sink, last.cursor);
      return stored.length;
    } finally {
      this.held.delete(sink);
    }
  }
}
