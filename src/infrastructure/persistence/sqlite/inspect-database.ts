import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { whileBusy } from './back-off.ts';
import { loadSqlite } from './load-sqlite.ts';
import { findMigrationBackup, type MigrationBackup } from './migration-backup.ts';
import { APPLICATION_ID, type Migration, migrations } from './migrations.ts';
import { asStoreFailure, unavailable, unusablePlace } from './store-failure.ts';

const PATIENCE_MS = 5000;

/**
 * The address of a database for SQLite, which makes no file itself: it would make it readable for others. Of an immutable one only the
 * file is read, and none is made beside it.
 */
export function addressOf(path: string, mode: 'ro' | 'rw' | 'immutable'): URL {
  const address = pathToFileURL(path);
  if (mode === 'immutable') address.searchParams.set('immutable', '1');
  else address.searchParams.set('mode', mode);
  return address;
}

/**
 * Reads the version of a database's schema and changes nothing. Throws what SQLite throws.
 * @returns 0 where there is no file, or an empty one
 * @throws DomainError `store.unavailable` where the database is another program's
 */
export function inspectDatabase(path: string, address?: URL): number {
  const { version, close } = beginInspection(path, address);
  close();
  return version;
}

/**
 * The same, but looks on until it is closed: the files that SQLite has beside the database while it is open are then there already
 * for whoever opens it next.
 */
export function beginInspection(
  path: string,
  address: URL = addressOf(path, 'ro'),
): { readonly version: number; close(): void } {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isFile() === false)
    throw unusablePlace('The database has to be a file, something else is there: name another');
  if (stats === undefined || stats.size === 0) return { version: 0, close: () => undefined };
  const { DatabaseSync } = loadSqlite();
  const database = new DatabaseSync(address, { timeout: 0 });
  try {
    return { version: versionIn(database), close: () => database.close() };
  } catch (error) {
    database.close();
    throw error;
  }
}

function versionIn(database: DatabaseSync): number {
  const read = (pragma: string) => Number(database.prepare(`pragma ${pragma}`).get()?.[pragma]);
  const version = read('user_version');
  const isEmpty = database.prepare('select 1 from sqlite_schema limit 1').get() === undefined;
  if (read('application_id') === APPLICATION_ID || (isEmpty && version === 0)) return version;
  throw unavailable("The file of the database is another program's: name another file");
}

/** Refuses a database that a later program has changed. @throws DomainError `store.unavailable` */
export function refuseNewer(found: number, newest: number): void {
  if (found <= newest) return;
  throw unavailable(
    `The database is of a later version of tfo-mcp (schema ${found}, this one knows ${newest}): update this program, then start it again`,
  );
}

/** The schema of a database, and the steps that lead to the newest. */
export interface SchemaStatus {
  /** Version of the file; 0 where there is none. Later than the newest: it can't be used. */
  readonly current: number;
  /** Version that this program writes; opening the database brings it there. */
  readonly newest: number;
  readonly migrations: readonly {
    readonly version: number;
    readonly name: string;
    readonly isApplied: boolean;
  }[];
  readonly backup?: MigrationBackup;
}

/** Reads a database's schema status; makes and changes nothing. @throws DomainError `store.unavailable` */
export async function schemaStatus(
  path: string,
  steps: readonly Migration[] = migrations,
): Promise<SchemaStatus> {
  try {
    const current = await whileBusy(() => inspectDatabase(path), performance.now() + PATIENCE_MS);
    const list = steps.map(({ name }, before) => ({
      version: before + 1,
      name,
      isApplied: current > before,
    }));
    const backup = findMigrationBackup(path);
    return { current, newest: steps.length, migrations: list, ...(backup && { backup }) };
  } catch (error) {
    throw asStoreFailure(error);
  }
}
