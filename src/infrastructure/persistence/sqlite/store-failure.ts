import { DomainError } from '../../../domain/shared/domain-error.ts';
import { codeOf } from '../../files/file-failure.ts';

const BUSY = 5;
const CORRUPT = 11;
const FULL = 13;
const PROTOCOL = 15;
const NOT_A_DATABASE = 26;

/** The reason why the store can't be used now, in a sentence that says what to do. */
export const unavailable = (sentence: string) =>
  new DomainError('store.unavailable', 'unavailable', sentence);

/** The same where the place is at fault: no database can be there, now or later. */
export const unusablePlace = (sentence: string) =>
  new DomainError('store.unavailable', 'unavailable', sentence, { cause: 'place' });

/** True if no database can be where this one should be. */
export const isUnusablePlace = (error: unknown): error is DomainError =>
  error instanceof DomainError && error.code === 'store.unavailable' && error.data['cause'] === 'place';

/** True if another process is at work, so that the same will succeed a little later. */
export function isBusy(error: unknown): boolean {
  const code = primaryCodeOf(error);
  return code === BUSY || code === PROTOCOL; // the second: too many began to use the file at the same moment
}

/** The failure of SQLite that another process is at work. */
export const busy = () => Object.assign(new Error('The database is locked'), { errcode: BUSY });

/** The failure of SQLite that a file holds what nobody stored there. */
export const damaged = () => Object.assign(new Error('The database is damaged'), { errcode: CORRUPT });

/** True if what is in the file makes no sense. */
export function isDamage(error: unknown): boolean {
  const code = primaryCodeOf(error);
  return code === CORRUPT || code === NOT_A_DATABASE;
}

/** True if a disk had no space left. */
export const hasNoSpace = (error: unknown): boolean =>
  primaryCodeOf(error) === FULL || isNoSpace(codeOf(error));

const isNoSpace = (code: string | undefined) => code === 'ENOSPC' || code === 'EDQUOT';

/** Failures of SQLite and of the file system that no waiting mends. */
const PLACE_FAILURES: readonly (number | string)[] = [
  ...[3, 8, 14],
  ...['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'],
];

/** Failures of SQLite by their primary code. */
const SENTENCES: { readonly [code: number]: string; readonly [FULL]: string } = {
  3: "The database may not be opened: give this server's user access to its file and folder",
  [BUSY]: 'Another process keeps the database locked: end it, or try again later',
  8: "The database can't be written, its file or folder is read-only: make both writable",
  [CORRUPT]: 'The database is damaged: restore a backup, or move its file away',
  [FULL]: 'There is no space left for the database: free some on its disk',
  14: "The database can't be opened: its file and folder have to be there, and writable",
  [PROTOCOL]: 'Other processes keep the database locked: end them, or try again later',
  [NOT_A_DATABASE]: 'The file of the database is damaged, or is none: restore a backup, or move it away',
};

/** A failure as the store's users see it. */
interface StoreFailure {
  readonly error: DomainError;
  /** True if the connection can't be used any more. */
  readonly isFatal: boolean;
}

/** Translates a failure of SQLite or of the file system; undefined for any other. */
export function storeFailure(error: unknown): StoreFailure | undefined {
  if (error instanceof DomainError)
    return error.code === 'store.unavailable' ? { error, isFatal: true } : undefined;
  const code = primaryCodeOf(error);
  if (code !== undefined) {
    const sentence =
      SENTENCES[code] ?? `The database failed (SQLite ${extendedCodeOf(error)}): look at its disk`;
    return { error: failureOf(code, sentence), isFatal: code !== BUSY && code !== PROTOCOL && code !== FULL };
  }
  const name = codeOf(error);
  if (name === undefined) return undefined;
  const sentence = isNoSpace(name)
    ? SENTENCES[FULL]
    : `The folder of the database can't be used (${name}): it has to be there, and writable`;
  return { error: failureOf(name, sentence), isFatal: true };
}

const failureOf = (code: number | string, sentence: string) =>
  PLACE_FAILURES.includes(code) ? unusablePlace(sentence) : unavailable(sentence);

/** The failure for whoever uses the store, or what was given where it is none of a store. */
export const asStoreFailure = (error: unknown): unknown => storeFailure(error)?.error ?? error;

const extendedCodeOf = (error: unknown) => (error as { readonly errcode?: unknown } | undefined)?.errcode;

function primaryCodeOf(error: unknown): number | undefined {
  const code = extendedCodeOf(error);
  return typeof code === 'number' ? code & 0xff : undefined;
}
