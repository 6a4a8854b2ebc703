import type { SqliteDatabase } from './sqlite-database.ts';
import { type Connection, statementOf, type Write } from './transaction.ts';

/** The bounds of what is kept of events; one that is left out bounds nothing. */
export interface EventLimits {
  readonly maxAgeMs?: number;
  readonly maxEvents?: number;
  /** Of the whole database, conversations included: only events are removed for it, and they may always have a tenth of it. */
  readonly maxBytes?: number;
}

/** The end of a step. */
export interface RetentionStep {
  /** Number of events. */
  readonly removed: number;
  /** True if another step has something to do. */
  readonly hasMore: boolean;
}

/** An event with its part of the indexes, about. */
const EVENT_BYTES = 256;

/** Rows that a step removes, and pages that it gives back: so long, others wait for the write lock. */
const STEP = 64;

const BOUNDS = 'select (select min(seq) from event) as first, (select max(seq) from event) as last';
const FIRST_YOUNG = `select min(seq) as young from (select seq, occurred_at from event order by seq limit ${STEP})
  where occurred_at >= ?`;
const REMOVE: Pick<Write, 'sql'> = { sql: 'delete from event where seq <= ?' };
/** Gives one page back at each run. */
const GIVE_BACK: Write = { sql: 'pragma incremental_vacuum(1)', values: [] };

/**
 * Removes the oldest events beyond the limits, at most 64, whether or not every sink has had them; then gives freed space back.
 * Conversations are never touched, and the last event stays: numbers go on from there.
 * @param now milliseconds since 1970
 * @throws DomainError `store.unavailable`
 */
export async function trimEvents(
  database: SqliteDatabase,
  limits: EventLimits,
  now: number,
): Promise<RetentionStep> {
  const { first, upTo, mayGoOn } = await database.read((connection) => excess(connection, limits, now));
  const removed = Math.max(0, upTo - first + 1);
  if (removed > 0) await database.write([{ ...REMOVE, values: [upTo] }]);
  const free = await database.read((connection) => numberOf(connection, 'freelist_count'));
  if (free > 0) await database.write(Array.from({ length: Math.min(free, STEP) }, () => GIVE_BACK));
  return { removed, hasMore: (removed > 0 && mayGoOn) || free > STEP };
}

/** The numbers of the first event there is and of the last that this step removes. */
function excess(connection: Connection, { maxAgeMs, maxEvents, maxBytes }: EventLimits, now: number) {
  const bounds = statementOf(connection, BOUNDS).get();
  const first = Number(bounds?.['first'] ?? 1);
  const last = Number(bounds?.['last'] ?? 0);
  const most = Math.min(first + STEP - 1, last - 1);
  let upTo = maxEvents === undefined ? 0 : last - maxEvents;
  const isMostOfIt = (last - first + 1) * EVENT_BYTES > (maxBytes ?? 0) / 10;
  if (maxBytes !== undefined && isMostOfIt && usedBytes(connection) > maxBytes) upTo = most;
  if (maxAgeMs !== undefined) {
    const since = new Date(now - maxAgeMs).toISOString();
    const young = statementOf(connection, FIRST_YOUNG).get(since)?.['young'];
    upTo = Math.max(upTo, typeof young === 'number' ? young - 1 : most);
  }
  return { first, upTo: Math.min(upTo, most), mayGoOn: upTo >= most && most < last - 1 };
}

function usedBytes(connection: Connection): number {
  const [pages = 0, free = 0, size = 0] = ['page_count', 'freelist_count', 'page_size'].map((pragma) =>
    numberOf(connection, pragma),
  );
  return (pages - free) * size;
}

const numberOf = (connection: Connection, pragma: string) =>
  Number(statementOf(connection, `pragma ${pragma}`).get()?.[pragma]);
