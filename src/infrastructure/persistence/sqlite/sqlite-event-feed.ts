import { randomUUID } from 'node:crypto';
import type { EventFeed } from '../../../application/ports/event-feed.ts';
import type { DomainEvent } from '../../../domain/shared/domain-event.ts';
import { eventForSink } from '../event-for-sink.ts';
import { readEvents } from './event-rows.ts';
import type { SqliteDatabase } from './sqlite-database.ts';
import { type Connection, statementOf } from './transaction.ts';

interface FeedOptions {
  /** Milliseconds for which a sink is this process's while it delivers; 30,000 where it isn't said. */
  readonly leaseMs?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

const PLACE = 'select seq from sink where name = ?';
const HAS_MORE = `select 1 from event where seq > coalesce((${PLACE}), 0) limit 1`;
/** A lease that ends later than any can is of a clock that was set back since. */
const TAKE = `insert into sink (name, seq, holder, until) values (?, 0, ?, ?)
  on conflict do update set holder = excluded.holder, until = excluded.until
  where holder is null or until <= ? or until > excluded.until`;
const MOVE = 'update sink set seq = ?, holder = null where name = ? and holder = ?';
const FREE = 'update sink set holder = null where name = ? and holder = ?';

/**
 * A feed of the events in a database that several processes share. Who delivers has a lease with an end: no transaction is open
 * meanwhile, and that of a killed process ends by itself.
 */
export class SqliteEventFeed implements EventFeed {
  private readonly database: SqliteDatabase;
  private readonly leaseMs: number;
  private readonly now: () => number;

  constructor(database: SqliteDatabase, { leaseMs = 30_000, now = Date.now }: FeedOptions = {}) {
    this.database = database;
    this.leaseMs = leaseMs;
    this.now = now;
  }

  async relay(
    sink: string,
    limit: number,
    deliver: (events: readonly DomainEvent[]) => Promise<void>,
  ): Promise<number | 'held elsewhere'> {
    const hasMore = await this.database.read((connection) => statementOf(connection, HAS_MORE).get(sink));
    if (hasMore === undefined) return 0; // asked often, and mostly for nothing: that writes nothing
    const holder = randomUUID();
    if (!(await this.take(sink, holder))) return 'held elsewhere';
    let place: number | undefined;
    try {
      const stored = await this.database.read((connection) => eventsAtPlace(connection, sink, limit));
      const last = stored.at(-1);
      if (last === undefined) return 0;
      await deliver(stored.map(eventForSink));
      place = Number(last.cursor);
      const isMoved = await this.isChanged(MOVE, [place, sink, holder]);
      return isMoved ? stored.length : 'held elsewhere';
    } finally {
      // A lease that could not be given back ends by itself.
      if (place === undefined) await this.isChanged(FREE, [sink, holder]).catch(() => undefined);
    }
  }

  private take(sink: string, holder: string): Promise<boolean> {
    const now = this.now();
    return this.isChanged(TAKE, [sink, holder, now + this.leaseMs, now]);
  }

  /** Runs a statement that is to change a row. */
  private async isChanged(sql: string, values: readonly (string | number)[]): Promise<boolean> {
    return (await this.database.write([{ sql, values, mustChange: true }])).kind === 'stored';
  }
}

function eventsAtPlace(connection: Connection, sink: string, limit: number) {
  const after = statementOf(connection, PLACE).get(sink)?.['seq'];
  return readEvents(connection, {}, { after: String(after ?? 0), limit });
}
