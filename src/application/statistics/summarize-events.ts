import type { Store, StoredEvent } from '../ports/store.ts';
import type { EventStatistics } from './event-statistics.ts';
import { EventTally } from './event-tally.ts';

/** Events that are read at once: signals are heard between them, and nothing else of them is kept. */
const PAGE = 500;

/**
 * Counts the events that are kept from a time on, in one pass over them and in bounded memory.
 * @param since ISO 8601, UTC
 * @param now ISO 8601, UTC
 * @throws DomainError `store.unavailable`
 */
export async function summarizeEvents(
  store: Pick<Store, 'events'>,
  since: string,
  now: string,
): Promise<EventStatistics> {
  let page: readonly StoredEvent[] = await store.events({ since }, undefined, PAGE);
  const tally = new EventTally({ since, until: now, first: page[0]?.occurredAt ?? since });
  for (;;) {
    for (const event of page) tally.add(event);
    if (page.length < PAGE) return tally.statistics();
    await new Promise(setImmediate);
    page = await store.events({ since }, page.at(-1)?.cursor, PAGE);
  }
}
