import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'uvu';
import { type Migration, migrations } from '../../src/infrastructure/persistence/sqlite/migrations.ts';
import {
  SqliteDatabase,
  type SqliteOptions,
} from '../../src/infrastructure/persistence/sqlite/sqlite-database.ts';

/** The schema of a later program, which only adds to ours. */
export const added: readonly Migration[] = [
  ...migrations,
  { name: 'more', sql: 'create table more (a text) strict', changesTables: false },
];

/** The schema of a later program, which changes ours. Made twice, it fails. */
export const changed: readonly Migration[] = [
  ...migrations,
  {
    name: 'notes',
    changesTables: true,
    sql: `
create table noted (
  seq integer primary key,
  event_id text not null,
  type text not null,
  occurred_at text not null,
  class text not null,
  aggregate_type text not null,
  aggregate_id text not null,
  payload text not null,
  note text
) strict;
insert into noted select *, null from event;
drop table event;
alter table noted rename to event;
create index event_by_type on event (type);
create index event_by_time on event (occurred_at);`,
  },
];

/** A folder for the databases of one suite. What was opened is closed after each test, the folder removed after the last. */
export function sqliteFolder(test: Test) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tfo-sqlite-')));
  const opened: SqliteDatabase[] = [];
  let count = 0;
  test.after.each(async () => {
    for (const database of opened.splice(0)) await database.close();
  });
  test.after(() => rmSync(folder, { recursive: true }));
  return {
    folder,
    /** A path at which there is nothing. */
    newPath: () => join(folder, `${++count}`, 'tfo.db'),
    open(path: string, options: Omit<SqliteOptions, 'path'> = {}): SqliteDatabase {
      const database = new SqliteDatabase({ path, ...options });
      opened.push(database);
      return database;
    },
  };
}
