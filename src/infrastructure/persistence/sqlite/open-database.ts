import { chmodSync, closeSync, openSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { makeFolders } from '../../files/write/make-folders.ts';
import { followLinks } from './database-files.ts';
import { addressOf, beginInspection, refuseNewer } from './inspect-database.ts';
import { loadSqlite } from './load-sqlite.ts';
import { migrate, migrateAlone } from './migrate-schema.ts';
import type { Migration } from './migrations.ts';
import { refuseNetworkFolder } from './network-folder.ts';
import { unusablePlace } from './store-failure.ts';
import type { Connection } from './transaction.ts';

const OWNER_WRITES = 0o200;

export interface OpenOptions {
  /** The database's file, absolute. */
  readonly path: string;
  readonly migrations: readonly Migration[];
}

/** A connection with the identity of its file: that which the path names may become another. */
export interface FileConnection extends Connection {
  readonly file: { readonly dev: number; readonly ino: number };
}

/**
 * Opens the database, makes its file and folder if they are missing, and brings its schema up to date. Each step can be
 * made again: while others are at the same, as when all begin at once, it fails as busy. Throws what SQLite or node:fs throws.
 * @throws DomainError `store.unavailable` for a file that is not for this program, which is left as it is
 */
export async function openDatabase({ path, migrations }: OpenOptions): Promise<FileConnection> {
  const folder = dirname(path);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) await makeFolders(folder);
  await refuseNetworkFolder(folder);
  if (stats === undefined) makeFile(path);
  else mendModes(path, stats);
  const inspection = beginInspection(path);
  const { version } = inspection;
  try {
    refuseNewer(version, migrations.length);
    const changesTables = version > 0 && migrations.slice(version).some((step) => step.changesTables);
    if (!changesTables) return openInspected({ path, migrations }, version);
  } finally {
    inspection.close();
  }
  await migrateAlone(path, migrations);
  return await openDatabase({ path, migrations });
}

/** @param found the version of its schema */
function openInspected({ path, migrations }: OpenOptions, found: number): FileConnection {
  const { DatabaseSync } = loadSqlite();
  const database = new DatabaseSync(addressOf(path, 'rw'), { timeout: 0 });
  const set = (pragma: string) => database.exec(`pragma ${pragma}`);
  try {
    if (found === 0) set('auto_vacuum = incremental'); // before anything is written: setting WAL writes, too
    for (const pragma of ['wal_autocheckpoint = 0', 'secure_delete = on']) set(pragma);
    useWal(database);
    for (const pragma of ['synchronous = normal', 'trusted_schema = off']) set(pragma);
    for (const [before, migration] of migrations.entries())
      if (before >= found) migrate(database, before, migration);
    const { dev, ino } = statSync(path);
    return { database, prepared: new Map(), schema: migrations.length, file: { dev, ino } };
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Makes the file, for the user alone; those beside it get its mode from SQLite. Only where there is none: closing a file ends all
 * locks that this process has on it, those of SQLite too.
 */
function makeFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

const NOT_FOR_OTHERS = 0o077;

/**
 * Takes a database of this user from everybody else: SQLite gives its mode to those beside it. Makes these as writable as it: while
 * that could not be written, SQLite has made its own files so, too, and with those nobody could ever write again.
 * @throws DomainError `store.unavailable`, and changes nothing, where it is not this program's: root would take a device like
 * /dev/null from the whole machine
 */
function mendModes(path: string, { mode, uid }: Stats): void {
  if (uid !== process.geteuid?.() || (mode & OWNER_WRITES) === 0) return;
  const own = mode & 0o777 & ~NOT_FOR_OTHERS;
  const files = [path, ...['-wal', '-shm'].map((ending) => followLinks(path) + ending)];
  const isWrong = (stats?: Stats) => stats?.uid === uid && (stats.mode & 0o777) !== own;
  const wrong = files.filter((file) => isWrong(statSync(file, { throwIfNoEntry: false })));
  if (wrong.length > 0) beginInspection(path).close();
  for (const file of wrong) chmodSync(file, own);
}

/** Asks first: setting it needs a lock that others may have. */
function useWal(database: DatabaseSync): void {
  const read = (sql: string) => database.prepare(sql).get()?.['journal_mode'];
  if (read('pragma journal_mode') === 'wal' || read('pragma journal_mode = wal') === 'wal') return;
  throw unusablePlace(
    "The database's folder can't hold a database that processes share: name another folder",
  );
}
