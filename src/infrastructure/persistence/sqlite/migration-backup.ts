import { rmSync, statSync } from 'node:fs';
import { codeOf } from '../../files/file-failure.ts';
import { backupPathOf, leftoversOf } from './database-files.ts';

const KEPT_MS = 7 * 86_400_000;

/** A copy of a database as it was before its tables were changed. */
export interface MigrationBackup {
  readonly file: string;
  readonly bytes: number;
  /** RFC 3339. */
  readonly madeAt: string;
  /** From then on it is removed; RFC 3339. */
  readonly keptUntil: string;
}

/** Looks for the copy; undefined where none can be seen. */
export function findMigrationBackup(database: string): MigrationBackup | undefined {
  const file = backupPathOf(database);
  const stats = statsOf(file);
  if (!stats?.isFile()) return undefined;
  return {
    file,
    bytes: stats.size,
    madeAt: stats.mtime.toISOString(),
    keptUntil: new Date(stats.mtime.getTime() + KEPT_MS).toISOString(),
  };
}

/**
 * Removes the copy, and what a killed process left of one, when its time is over: now, or as long as this process lives.
 * @returns the timer for that, which keeps no process running
 */
export function expireBackup(database: string): NodeJS.Timeout | undefined {
  for (const file of [backupPathOf(database), ...leftoversOf(database)]) {
    const stats = statsOf(file);
    if (stats?.isFile() && Date.now() - stats.mtimeMs > KEPT_MS) remove(file);
  }
  const backup = findMigrationBackup(database);
  if (backup === undefined) return undefined;
  const delay = Date.parse(backup.keptUntil) - Date.now();
  return setTimeout(() => expireBackup(database), Math.min(Math.max(delay, 0), KEPT_MS) + 1000).unref();
}

const statsOf = (path: string) => ignoringSystem(() => statSync(path, { throwIfNoEntry: false }));

const remove = (path: string) => ignoringSystem(() => rmSync(path, { force: true }));

/** A copy that can't be looked at or removed now hinders nobody from using the database. */
function ignoringSystem<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    return undefined;
  }
}
