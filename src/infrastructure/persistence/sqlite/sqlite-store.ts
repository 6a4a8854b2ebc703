import type { SQLOutputValue } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  Change,
  EventCursor,
  EventFilter,
  Head,
  Store,
  StoredEvent,
  StoredKind,
} from '../../../application/ports/store.ts';
import type { DomainEvent } from '../../../domain/shared/domain-event.ts';
import type { JsonObject } from '../../../domain/shared/json.ts';
import { storeConflict } from '../store-conflict.ts';
import { eventWrite, readEvents } from './event-rows.ts';
import type { SqliteDatabase } from './sqlite-database.ts';
import { statementOf, type Write } from './transaction.ts';

/** Rows of a transaction that could be several: so long, others wait for the write lock. */
const MOST_ROWS = 64;

const INSERT_HEAD = `insert into head (kind, id, owner, version, updated_at, state) values (?, ?, ?, ?, ?, ?)
  on conflict do nothing`;
const UPDATE_HEAD = `update head set owner = ?, version = ?, updated_at = ?, state = ?
  where kind = ? and id = ? and version = ?`;
const DELETE_ENTRIES = 'delete from entry where head = (select number from head where kind = ? and id = ?)';
const DELETE_HEAD = 'delete from head where kind = ? and id = ? and version = ?';
const INSERT_ENTRY = `insert into entry (head, position, body)
  select number, coalesce((select max(position) + 1 from entry where head = number), 0), ?
  from head where kind = ? and id = ?`;
const FIND = 'select id, owner, version, updated_at, state from head where kind = ? and id = ?';
const LIST = `select id, owner, version, updated_at, state from head where kind = ? and owner = ?
  order by updated_at desc, id desc limit ?`;
const LIST_ALL = LIST.replace(' and owner = ?', '');
const ENTRIES = `select body from entry where head = (select number from head where kind = ? and id = ?)
  order by position limit ?`;

/** A store in a database file. */
export class SqliteStore implements Store {
  private readonly database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.database = database;
  }

  async commit(changes: readonly Change[]): Promise<void> {
    const writes = changes.map(writesOf);
    const outcome = await this.database.write(writes.flat());
    if (outcome.kind === 'stored') return;
    let { at } = outcome;
    const refused = writes.findIndex(({ length }) => {
      at -= length;
      return at < 0;
    });
    const { kind, id } = changes[refused] as Change;
    throw storeConflict(kind, id);
  }

  async append(events: readonly DomainEvent[]): Promise<void> {
    for (let at = 0; at < events.length; at += MOST_ROWS) {
      if (at > 0) await nextTurn();
      await this.database.write(events.slice(at, at + MOST_ROWS).map(eventWrite));
    }
  }

  find(kind: StoredKind, id: string): Promise<Head | undefined> {
    return this.database.read((connection) => {
      const row = statementOf(connection, FIND).get(kind, id);
      return row && headOf(row);
    });
  }

  appended(kind: StoredKind, id: string, count: number): Promise<readonly JsonObject[]> {
    return this.database.read((connection) =>
      statementOf(connection, ENTRIES)
        .all(kind, id, count)
        .map(({ body }) => JSON.parse(String(body))),
    );
  }

  list(kind: StoredKind, owner: string | undefined, limit: number): Promise<readonly Head[]> {
    return this.database.read((connection) => {
      const rows =
        owner === undefined
          ? statementOf(connection, LIST_ALL).all(kind, limit)
          : statementOf(connection, LIST).all(kind, owner, limit);
      return rows.map(headOf);
    });
  }

  events(
    filter: EventFilter,
    after: EventCursor | undefined,
    limit: number,
  ): Promise<readonly StoredEvent[]> {
    return this.database.read((connection) => readEvents(connection, filter, { after, limit }));
  }
}

function writesOf({ kind, id, from, head, appended, events }: Change): Write[] {
  const stored = events.map(eventWrite);
  if (head === undefined)
    return [
      { sql: DELETE_ENTRIES, values: [kind, id] },
      { sql: DELETE_HEAD, values: [kind, id, from ?? null], mustChange: true },
      ...stored,
    ];
  const { owner, version, updatedAt } = head;
  const state = JSON.stringify(head.state);
  const write: Write =
    from === undefined
      ? { sql: INSERT_HEAD, values: [kind, id, owner, version, updatedAt, state], mustChange: true }
      : { sql: UPDATE_HEAD, values: [owner, version, updatedAt, state, kind, id, from], mustChange: true };
  const entries = appended.map((entry) => ({ sql: INSERT_ENTRY, values: [JSON.stringify(entry), kind, id] }));
  return [write, ...entries, ...stored];
}

const headOf = ({
  id,
  owner,
  version,
  updated_at,
  state,
}: Readonly<Record<string, SQLOutputValue>>): Head => ({
  id: String(id),
  owner: String(owner),
  version: Number(version),
  updatedAt: String(updated_at),
  state: JSON.parse(String(state)),
});
