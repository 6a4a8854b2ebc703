import type { PathGrant } from '../../../application/ports/path-grants.ts';
import { pathInvalid, quotePath } from '../../../domain/policy/paths/path-invalid.ts';
import { DomainError } from '../../../domain/shared/domain-error.ts';

/** Of many allowed directories, so many say where to look. */
const MOST_SHOWN = 3;

export function outside(named: string, { directories, advice }: PathGrant): DomainError {
  const shown = directories.slice(0, MOST_SHOWN).map(quotePath).join(', ');
  const more = directories.length > MOST_SHOWN ? ` and ${directories.length - MOST_SHOWN} more` : '';
  return new DomainError(
    'path.outside',
    'forbidden',
    `Expected a path inside the allowed directories, got ${quotePath(named)}; "." is the first of them: ${shown}${more}. ${advice}`,
  );
}

/** The refusal of a path outside, with what else speaks against it; any other failure as it is. */
export function withReason(error: unknown, why: string): unknown {
  if (!(error instanceof DomainError) || error.code !== 'path.outside') return error;
  return new DomainError(error.code, error.kind, `${error.message} (of this path: ${why})`);
}

export const replaced = (named: string) =>
  new DomainError(
    'file.failed',
    'unavailable',
    `${quotePath(named)} was replaced while it was opened; try again`,
  );

export const refusedAsSensitive = (named: string) =>
  new DomainError(
    'path.sensitive',
    'forbidden',
    `${quotePath(named)} is refused, wherever it is: it can hold keys, passwords or the server's own data`,
  );

/** @param why as `foreignPath` says */
export const refusedAsForeign = (given: string, why: string) =>
  pathInvalid(given, `${why}; nothing here has this name (if this is really a name, put "./" before it)`);

export const noSuchDirectory = (named: string) =>
  new DomainError(
    'file.not-found',
    'not-found',
    `There is no directory ${quotePath(named)}; a separator at the end of a path means a directory`,
  );
