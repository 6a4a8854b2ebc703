import type * as Fs from 'node:fs';
import { basename } from 'node:path';
import type * as Sqlite from 'node:sqlite';
import type { DatabaseSync } from 'node:sqlite';
import type * as Threads from 'node:worker_threads';
import { Worker } from 'node:worker_threads';
import { codeOf } from '../../files/file-failure.ts';
import { backupPathOf, draftPathOf, leftoversOf } from './database-files.ts';
import { addressOf } from './inspect-database.ts';
import { loadSqlite } from './load-sqlite.ts';
import type { Migration } from './migrations.ts';
import { hasNoSpace, isBusy, isDamage, unavailable } from './store-failure.ts';

/**
 * Makes one step of the schema, unless another process has. Throws what SQLite throws.
 * @param before the version that the step begins at
 */
export function migrate(database: DatabaseSync, before: number, { sql }: Migration): void {
  database.exec('begin immediate');
  try {
    const found = database.prepare('pragma user_version').get()?.['user_version'];
    if (found === before) database.exec(`${sql}; pragma user_version = ${before + 1}`);
    database.exec('commit');
  } catch (error) {
    if (database.isTransaction) database.exec('rollback');
    throw error;
  }
}

interface AloneSettings {
  readonly address: string;
  readonly steps: readonly Migration[];
  readonly backupPath: string;
  /** The backup until it is whole, and the address at which it is read. */
  readonly draft: string;
  readonly draftAddress: string;
  readonly leftovers: readonly string[];
}

interface AloneReport {
  /** Facts of what was thrown, if anything was. */
  readonly failure:
    | { readonly message: string; readonly errcode?: unknown; readonly code?: unknown }
    | undefined;
  /** True if it was thrown while the backup was made. */
  readonly isOfBackup: boolean;
}

/**
 * Makes the steps that are missing where one of them changes tables. That takes the file alone: older programs that have it open would
 * read tables that are other ones now. A backup is made before, with all that they stored. A worker does it, since a large file takes
 * seconds. Throws what SQLite throws; a step that fails leaves the database as it was before that.
 * @throws DomainError `store.unavailable` where others have the file open, which counts as busy, and where no backup can be made
 */
export async function migrateAlone(path: string, steps: readonly Migration[]): Promise<void> {
  requireAlone(path);
  const draft = draftPathOf(path);
  const backupPath = backupPathOf(path);
  const workerData: AloneSettings = {
    address: addressOf(path, 'rw').href,
    steps,
    backupPath,
    draft,
    draftAddress: addressOf(draft, 'immutable').href,
    leftovers: leftoversOf(path),
  };
  const options = { eval: true, workerData, execArgv: ['--no-warnings'], env: {} };
  const worker = new Worker(migrationSource(), options);
  const { failure, isOfBackup } = await new Promise<AloneReport>((resolve, reject) => {
    worker.on('message', resolve);
    worker.on('error', () => undefined); // it ends, which is all that matters
    worker.on('exit', () =>
      reject(unavailable('The change of the database was broken off: try again, which begins anew')),
    );
  });
  if (failure === undefined) return;
  const error = Object.assign(new Error(failure.message), failure);
  throw isOfBackup ? backupFailure(error, backupPath) : error;
}

/** Fails as busy while others have the file open, at a hundredth of a worker's cost. */
function requireAlone(path: string): void {
  const { DatabaseSync } = loadSqlite();
  const database = new DatabaseSync(addressOf(path, 'rw'), { timeout: 0 });
  try {
    database.exec('pragma locking_mode = exclusive; begin exclusive; rollback');
  } catch (error) {
    if (!isBusy(error)) throw error;
    const sentence =
      'This version of tfo-mcp has to change the tables of the database, which other processes have open: end them, then try again';
    throw Object.assign(unavailable(sentence), { errcode: (error as { errcode?: unknown }).errcode });
  } finally {
    database.close();
  }
}

function backupFailure(error: Error, path: string): unknown {
  if (isBusy(error) || isDamage(error)) return error;
  const what = 'the backup that is made before the tables of the database are changed';
  if (hasNoSpace(error)) return unavailable(`There is no space left for ${what}: free some on its disk`);
  const { message, code = message } = error as NodeJS.ErrnoException;
  return unavailable(
    `Can't write ${what} (${codeOf(error) ?? code}): "${basename(path)}" beside the database has to be a file`,
  );
}

/** The worker's program, as text: a single executable has no second file to load. */
const migrationSource = () =>
  `'use strict';${migrate}\n(${run})(require('node:worker_threads'), require('node:sqlite'), require('node:fs'));`;

async function run(
  { parentPort, workerData }: typeof Threads,
  { DatabaseSync: Database, backup }: typeof Sqlite,
  { closeSync, openSync, renameSync, rmSync }: typeof Fs,
): Promise<void> {
  const { address, steps, backupPath, draft, draftAddress, leftovers }: AloneSettings = workerData;
  const database = new Database(new URL(address), { timeout: 0 });
  const tidyUp = () => {
    for (const file of leftovers) rmSync(file, { force: true });
  };
  const makeBackup = async () => {
    tidyUp(); // nobody else is at it now
    closeSync(openSync(draft, 'wx', 0o600));
    await backup(database, draft);
    const copy = new Database(new URL(draftAddress), { readOnly: true });
    const [found] = Object.values(copy.prepare('pragma integrity_check(1)').get() ?? {});
    copy.close();
    if (found !== 'ok') throw Object.assign(new Error(String(found)), { errcode: 11 }); // SQLITE_CORRUPT
    renameSync(draft, backupPath);
  };
  let isOfBackup = false;
  let failure: AloneReport['failure'];
  try {
    for (const pragma of ['locking_mode = exclusive', 'wal_autocheckpoint = 0', 'secure_delete = on'])
      database.exec(`pragma ${pragma}`);
    database.exec('begin exclusive; rollback'); // from now on nobody else reads or writes
    const found = Number(database.prepare('pragma user_version').get()?.['user_version']);
    if (steps.slice(found).some(({ changesTables }) => changesTables)) {
      isOfBackup = true;
      await makeBackup().finally(tidyUp);
      isOfBackup = false;
    }
    for (const [before, step] of steps.entries()) if (before >= found) migrate(database, before, step);
  } catch (error) {
    const { message, errcode, code } = error as Error & { errcode?: unknown; code?: unknown };
    failure = { message, errcode, code };
  } finally {
    database.close();
  }
  parentPort?.postMessage({ failure, isOfBackup } satisfies AloneReport);
}
