import type { DomainEvent } from '../../domain/shared/domain-event.ts';

/** The stored events as sinks get them, a queue, a table for analyses: without the arguments that the local store may have. */
export interface EventFeed {
  /**
   * Gives a sink's next events to `deliver`, oldest first, and goes on behind them once that resolves: at least once and in order,
   * from the first event that is stored on. One at a time delivers to a sink, over all processes. A `deliver` that takes longer than
   * its lease (the adapter says how long) may be overtaken: then its events come to another, too.
   * @param sink the sink's name, under which its place is kept
   * @param limit the most events at a time, at least 1
   * @param deliver is not called where there is nothing; what it fails with is thrown, and the same events come again
   * @returns the number of events that were delivered
   * @throws DomainError `store.unavailable`
   */
  relay(
    sink: string,
    limit: number,
    deliver: (events: readonly DomainEvent[]) => Promise<void>,
  ): Promise<number | 'held elsewhere'>;
}
