import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** An open database, and what is known of it. */
export interface Connection {
  readonly database: DatabaseSync;
  /** By their text. */
  readonly prepared: Map<string, StatementSync>;
  /** Version of the schema that this program writes. */
  readonly schema: number;
}

/** One statement of a transaction. */
export interface Write {
  readonly sql: string;
  readonly values: readonly (string | number | null)[];
  /** True if nothing of the transaction is stored where this changes no row. */
  readonly mustChange?: boolean;
}

/** The end of a transaction. */
export type Outcome =
  /** Stored: the number of rows that each write changed. */
  | { readonly kind: 'stored'; readonly changes: readonly number[] }
  /** Nothing is stored, since the write of this index had to change a row. */
  | { readonly kind: 'unchanged'; readonly at: number }
  /** Nothing is stored, since the schema is of another version than this program writes. */
  | { readonly kind: 'other schema'; readonly version: number };

/** The statement of this text, prepared once. */
export function statementOf({ database, prepared }: Connection, sql: string): StatementSync {
  let statement = prepared.get(sql);
  if (statement === undefined) {
    statement = database.prepare(sql);
    prepared.set(sql, statement);
  }
  return statement;
}

/**
 * Begins, writes and commits in one synchronous stretch: nothing of others gets in between. The schema is looked at under the write
 * lock, so that a program does not write what a later one has changed meanwhile. Throws what SQLite throws, with nothing stored.
 */
export function runTransaction(connection: Connection, writes: readonly Write[]): Outcome {
  const { database, schema } = connection;
  statementOf(connection, 'begin immediate').run();
  try {
    const version = Number(statementOf(connection, 'pragma user_version').get()?.['user_version']);
    let refused: Outcome | undefined = version === schema ? undefined : { kind: 'other schema', version };
    const changes: number[] = [];
    for (let at = 0; at < writes.length && refused === undefined; at++) {
      const { sql, values, mustChange } = writes[at] as Write;
      const changed = Number(statementOf(connection, sql).run(...values).changes);
      if (mustChange && changed === 0) refused = { kind: 'unchanged', at };
      changes.push(changed);
    }
    statementOf(connection, refused === undefined ? 'commit' : 'rollback').run();
    return refused ?? { kind: 'stored', changes };
  } catch (error) {
    if (database.isTransaction) database.exec('rollback'); // SQLite may have done so itself
    throw error;
  }
}
