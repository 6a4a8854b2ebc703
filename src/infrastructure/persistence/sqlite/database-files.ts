import { realpathSync } from 'node:fs';

const BACKUP = '.before-migration';

/** Ends of names at which a killed process, or whoever looked into the backup, may have left something: none of it is of use. */
const LEFTOVERS = ['.part', '.part-journal', '-wal', '-shm'].map((ending) => BACKUP + ending);

/** Everything that has what was said in conversations: the database, what SQLite has beside it, its backup, and damaged ones. */
export function databaseFiles(named: string): readonly string[] {
  const path = followLinks(named);
  const endings = ['', '-wal', '-shm', '-journal', '.damaged', BACKUP, ...LEFTOVERS];
  return [named, ...endings.map((ending) => path + ending)];
}

/** The path of the copy that is made before the tables of a database are changed: the last one is kept. */
export const backupPathOf = (database: string): string => followLinks(database) + BACKUP;

/** The path of that copy until it is whole. */
export const draftPathOf = (database: string): string => `${backupPathOf(database)}.part`;

/** Paths of what may be left beside the copy, and goes with the next one. */
export const leftoversOf = (database: string): readonly string[] =>
  LEFTOVERS.map((ending) => followLinks(database) + ending);

/** The path that a link leads to, beside which SQLite works; the path itself where there is nothing yet. */
export function followLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path; // whoever opens it says why it can't be
  }
}
