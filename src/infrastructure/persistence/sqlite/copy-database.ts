import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { codeOf } from '../../files/file-failure.ts';
import { makeFolders } from '../../files/write/make-folders.ts';
import { temporaryName } from '../../files/write/write-temporary.ts';
import { whileBusy } from './back-off.ts';
import { followLinks } from './database-files.ts';
import { addressOf, inspectDatabase, refuseNewer } from './inspect-database.ts';
import { loadSqlite } from './load-sqlite.ts';
import { migrate } from './migrate-schema.ts';
import { type Migration, migrations } from './migrations.ts';
import { openDatabase } from './open-database.ts';
import {
  asStoreFailure,
  busy,
  hasNoSpace,
  isBusy,
  isDamage,
  storeFailure,
  unavailable,
} from './store-failure.ts';

const PATIENCE_MS = 5000;

interface CopyOptions {
  readonly from: string;
  readonly to: string;
}

/**
 * Copies a database as it is at one moment, while others read and write it. The copy is one file, for the user alone; it gets its
 * name when it is whole.
 * @throws DomainError `store.unavailable`, also where there is a file already, and where the database is damaged
 */
export async function backUp({ from, to }: CopyOptions): Promise<void> {
  try {
    if (existsSync(to)) throw unavailable(`"${to}" exists already: name another file for the backup`);
    if (inspectDatabase(from) === 0) throw unavailable('There is nothing to back up: the database is empty');
    await withDraft(to, async (draft) => {
      await copyPages(addressOf(from, 'ro'), draft);
      if (!isSound(backupAddress(draft)))
        throw unavailable('The database is damaged: restore an older backup');
      renameSync(draft, to);
    });
  } catch (error) {
    if (hasNoSpace(error))
      throw unavailable(`There is no space left for "${to}": name a file on another disk`);
    throw asStoreFailure(error);
  }
}

/** Makes an empty file beside another, which is gone afterwards unless it has got a name by then. */
async function withDraft(to: string, use: (draft: string) => Promise<void>): Promise<void> {
  const draft = join(dirname(to), temporaryName());
  try {
    closeSync(openSync(draft, 'wx', 0o600));
  } catch (error) {
    throw unavailable(
      `"${to}" can't be written (${codeOf(error)}): its folder has to be there, and writable`,
    );
  }
  const remove = () => {
    for (const ending of ['', '-journal', '-wal', '-shm']) rmSync(draft + ending, { force: true });
  };
  process.once('exit', remove); // an interrupted command ends in the middle
  try {
    await use(draft);
  } finally {
    process.off('exit', remove);
    remove();
  }
}

/**
 * Puts a backup's content in the place of a database's, in one transaction: processes that have it open go on with it. A database
 * that is damaged is put aside, in a folder beside it whose name ends with `.damaged`. An older schema is brought up to date.
 * @throws DomainError `store.unavailable`, with the database as it was
 */
export async function restore(
  { from, to: named }: CopyOptions,
  steps: readonly Migration[] = migrations,
): Promise<void> {
  try {
    const to = followLinks(named);
    const source = backupAddress(from);
    const version = requireBackup(from, source, steps);
    await makeFolders(dirname(to));
    if (version === steps.length) await replacePages(source, to, steps);
    else
      await withDraft(to, async (draft) => {
        await copyPages(source, draft);
        inspect(draft, (database) => {
          for (const [before, step] of steps.entries())
            if (before >= version) migrate(database, before, step);
        });
        await replacePages(backupAddress(draft), to, steps);
      });
  } catch (error) {
    throw asStoreFailure(error);
  }
}

/** Returns the version of its schema. @throws DomainError `store.unavailable` where it is none, is damaged, or of a later version */
function requireBackup(from: string, source: URL, steps: readonly Migration[]): number {
  const version = readable(() => inspectDatabase(from, source)) ?? 0;
  refuseNewer(version, steps.length);
  if (version > 0 && readable(() => isSound(source) && hasSchema(source, steps.slice(0, version))))
    return version;
  throw unavailable(`"${from}" is no backup, or is damaged: take another file`);
}

/** @returns undefined where the file can't be read as a database of ours */
function readable<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (isBusy(error) || storeFailure(error) === undefined) throw error;
    return undefined;
  }
}

/** Copies one moment of a database over another, in the thread pool; waits for who has that one locked. */
async function copyPages(source: URL, to: string): Promise<void> {
  const { DatabaseSync, backup } = loadSqlite();
  await whileBusy(async () => {
    const database = new DatabaseSync(source, { timeout: 0 });
    try {
      database.exec('begin; select 1 from sqlite_schema'); // otherwise it would begin anew after each write of others
      await backup(database, to).catch(asBusy);
    } finally {
      database.close();
    }
  }, performance.now() + PATIENCE_MS);
}

/** Node.js forgets the code where another process has the target locked. */
function asBusy(error: unknown): never {
  if ((error as { readonly errcode?: unknown }).errcode === 0) throw busy();
  throw error;
}

/** A backup may lie where nothing can be written; SQLite would want to make files beside it. */
function backupAddress(path: string): URL {
  const hasLog = (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
  return addressOf(path, hasLog ? 'ro' : 'immutable');
}

function isSound(source: URL): boolean {
  return inspect(
    source,
    (database) => Object.values(database.prepare('pragma integrity_check(1)').get() ?? {})[0] === 'ok',
  );
}

/** True if a database has the tables that these steps make, and nothing else: a trigger of a stranger would act on what is stored. */
function hasSchema(source: URL, steps: readonly Migration[]): boolean {
  const schema = (database: DatabaseSync) =>
    JSON.stringify(database.prepare('select type, name, sql from sqlite_schema order by type, name').all());
  const expected = inspect(':memory:', (database) => {
    for (const { sql } of steps) database.exec(sql);
    return schema(database);
  });
  return inspect(source, schema) === expected;
}

function inspect<T>(address: URL | string, look: (database: DatabaseSync) => T): T {
  const { DatabaseSync } = loadSqlite();
  const database = new DatabaseSync(address, { timeout: 0 });
  try {
    return look(database);
  } finally {
    database.close();
  }
}

/** Puts the content of a database of our schema in the place of another's, which is put aside if it is damaged. */
async function replacePages(source: URL, path: string, steps: readonly Migration[]): Promise<void> {
  if (!(await isUsable(path, steps))) {
    putAside(path);
    await openOnce(path, steps);
  }
  await copyPages(source, path);
}

async function isUsable(path: string, steps: readonly Migration[]): Promise<boolean> {
  try {
    await openOnce(path, steps);
    return isSound(addressOf(path, 'ro'));
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  }
}

/** Moves a database's files into a folder of their own; its log may have what was stored last. */
function putAside(path: string): void {
  const folder = newFolder(`${path}.damaged`);
  for (const ending of ['-wal', ''])
    if (existsSync(path + ending)) renameSync(path + ending, join(folder, basename(path) + ending));
  rmSync(`${path}-shm`, { force: true });
}

function newFolder(parent: string): string {
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  let number = 1;
  while (existsSync(join(parent, `${number}`))) number += 1;
  const folder = join(parent, `${number}`);
  mkdirSync(folder, { mode: 0o700 });
  return folder;
}

/** Makes the database, or brings its schema up to date. */
async function openOnce(path: string, steps: readonly Migration[]): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  const { database } = await whileBusy(() => openDatabase({ path, migrations: steps }), deadline);
  database.close();
}
