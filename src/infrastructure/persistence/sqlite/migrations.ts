/** One step of the schema, for ever: what was released is never changed, the next step stands behind it. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
  /** True if it changes or removes what is there. One that only adds may be made while older programs have the file open. */
  readonly changesTables: boolean;
}

/** Marks a file as this program's: "tfom". */
export const APPLICATION_ID = 0x74_66_6f_6d;

/**
 * The schema's steps: the first makes version 1. Event ids have no index, since each of them would cost as much as the event; `seq`
 * is given under the write lock, and the last event is never removed, so no number comes twice.
 */
export const migrations: readonly Migration[] = [
  {
    name: 'aggregates, events and sinks',
    changesTables: false,
    sql: `
pragma application_id = ${APPLICATION_ID};
create table head (
  number integer primary key,
  kind text not null,
  id text not null,
  owner text not null,
  version integer not null,
  updated_at text not null,
  state text not null,
  unique (kind, id)
) strict;
create index head_by_change on head (kind, owner, updated_at desc, id desc);
create table entry (
  head integer not null,
  position integer not null,
  body text not null,
  unique (head, position)
) strict;
create table event (
  seq integer primary key,
  event_id text not null,
  type text not null,
  occurred_at text not null,
  class text not null,
  aggregate_type text not null,
  aggregate_id text not null,
  payload text not null
) strict;
create index event_by_type on event (type);
create index event_by_time on event (occurred_at);
create table sink (
  name text primary key,
  seq integer not null,
  holder text,
  until integer not null
) strict, without rowid;`,
  },
];
