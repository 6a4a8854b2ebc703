import type { EventCursor, EventFilter, StoredEvent } from '../../../application/ports/store.ts';
import type { DomainEvent, EventClass, EventId } from '../../../domain/shared/domain-event.ts';
import { isJsonObject, type JsonObject } from '../../../domain/shared/json.ts';
import { damaged, unavailable } from './store-failure.ts';
import { type Connection, statementOf, type Write } from './transaction.ts';

const COLUMNS = 'event_id, type, occurred_at, class, aggregate_type, aggregate_id, payload';
const INSERT = `insert into event (${COLUMNS}) values (?, ?, ?, ?, ?, ?, ?)`;

/**
 * The first that was stored of those since a time; clocks jump, so that need not be the earliest. `+seq` has SQLite look at those since
 * then alone, by the index on time: for `min(seq)` it walks through all that were stored before them.
 */
export const FIRST_SINCE = 'select min(+seq) as first from event where occurred_at >= ?';

const INSERT_BEHIND = `insert into event (seq, ${COLUMNS})
  select max(?, coalesce(max(seq), 0)) + 1, ?, ?, ?, ?, ?, ?, ? from event`;

/** Stores an event behind those that there are. */
export const eventWrite = (event: DomainEvent): Write => ({ sql: INSERT, values: valuesOf(event) });

/** The same, behind those up to this number, too. */
export const eventWriteBehind = (number: number, event: DomainEvent): Write => ({
  sql: INSERT_BEHIND,
  values: [number, ...valuesOf(event)],
});

const valuesOf = ({ eventId, type, occurredAt, class: kept, aggregate, payload }: DomainEvent) => [
  eventId,
  type,
  occurredAt,
  kept,
  aggregate.type,
  aggregate.id,
  JSON.stringify(payload),
];

interface Page {
  readonly after: EventCursor | undefined;
  readonly limit: number;
}

/**
 * The events behind a cursor, which is the number of one.
 * @throws DomainError `store.unavailable` where a backup has been restored that doesn't reach so far: others will get its number
 */
export function readEvents(connection: Connection, filter: EventFilter, page: Page): readonly StoredEvent[] {
  const events = eventsAfter(connection, filter, page);
  if (
    events.length === 0 &&
    Number(page.after ?? 0) > Number(statementOf(connection, LAST).get()?.['last'] ?? 0)
  )
    throw unavailable('The database was replaced by an older one: read its events from the start');
  return events;
}

const LAST = 'select max(seq) as last from event';

function eventsAfter(
  connection: Connection,
  { types, since }: EventFilter,
  { after, limit }: Page,
): readonly StoredEvent[] {
  let floor = after === undefined ? 0 : Number(after);
  if (since !== undefined && after === undefined) {
    const first = statementOf(connection, FIRST_SINCE).get(since)?.['first'];
    if (first === null) return [];
    floor = Number(first) - 1;
  }
  if (types === undefined) return eventsOf(connection, QUERY, [floor, since ?? '', limit]);
  const distinct = [...new Set(types)];
  if (distinct.length === 0) return [];
  // Each type by its index, and no more of it than is asked for: a rare one is found among millions of others.
  const each = distinct.map(() => `select * from (${QUERY_OF_TYPE})`).join(' union all ');
  const values = distinct.flatMap((type) => [type, floor, since ?? '', limit]);
  return eventsOf(connection, `${each} order by seq limit ?`, [...values, limit]);
}

const QUERY = `select seq, ${COLUMNS} from event where seq > ? and occurred_at >= ? order by seq limit ?`;
const QUERY_OF_TYPE = QUERY.replace('where', 'where type = ? and');

/** Reads rows as arrays: as objects they take twice the time. */
function eventsOf(
  connection: Connection,
  sql: string,
  values: readonly (string | number)[],
): readonly StoredEvent[] {
  const statement = statementOf(connection, sql);
  statement.setReturnArrays(true);
  return (statement.all(...values) as unknown as readonly EventRow[]).map(eventOf);
}

type EventRow = [number, string, string, string, string, string, string, string];

const eventOf = ([
  seq,
  eventId,
  type,
  occurredAt,
  kept,
  aggregateType,
  id,
  payload,
]: EventRow): StoredEvent => ({
  eventId: eventId as EventId,
  occurredAt,
  type,
  class: kept as EventClass,
  aggregate: { type: aggregateType, id },
  payload: payloadOf(payload),
  cursor: String(seq),
});

/** A payload as it was stored; anything else is none of ours. Throws what SQLite throws of a damaged file. */
function payloadOf(text: string): JsonObject {
  try {
    const payload = JSON.parse(text);
    if (isJsonObject(payload)) return payload;
  } catch {
    // no JSON at all
  }
  throw damaged();
}
