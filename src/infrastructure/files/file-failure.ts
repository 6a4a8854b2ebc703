import { pathInvalid, quotePath } from '../../domain/policy/paths/path-invalid.ts';
import { DomainError } from '../../domain/shared/domain-error.ts';

/** The system's name of a failure, such as ENOENT; undefined for anything else. */
export function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code) ? code : undefined;
}

/** Translates a failure of the file system for whoever named the path; gives anything else back as it is. */
export function fileFailure(error: unknown, named: string): unknown {
  const path = quotePath(named);
  const code = codeOf(error);
  switch (code) {
    case undefined:
      return error;
    case 'ENOENT':
    case 'ENOTDIR':
      return notFound(named);
    case 'EACCES':
    case 'EPERM':
      return new DomainError('file.denied', 'forbidden', `The system denies access to ${path}`);
    case 'EROFS':
      return new DomainError('file.denied', 'forbidden', `${path} is on a read-only file system`);
    case 'EEXIST':
      return fileExists(named);
    case 'EISDIR':
      return notRegular(named, 'a directory');
    case 'ENXIO':
    case 'ENODEV':
      return notRegular(named, 'a device, pipe or socket');
    case 'ELOOP':
      return pathInvalid(named, LINK_CIRCLE);
    case 'ENAMETOOLONG':
      return pathInvalid(named, 'it is longer than the file system takes');
    case 'ENOSPC':
    case 'EDQUOT':
      return new DomainError('file.failed', 'exhausted', `There is no space left to write ${path}`);
    default:
      return new DomainError('file.failed', 'unavailable', `The system failed at ${path} (${code})`);
  }
}

/** The reason why a path whose links lead back to themselves names nothing. */
export const LINK_CIRCLE = 'its links go in a circle';

const notFound = (named: string) =>
  new DomainError('file.not-found', 'not-found', `There is no ${quotePath(named)}`);

export const fileExists = (named: string) =>
  new DomainError('file.exists', 'conflict', `There is ${quotePath(named)} already`);

export const notRegular = (named: string, what: string) =>
  new DomainError('file.not-regular', 'invalid', `Expected a regular file, got ${what}: ${quotePath(named)}`);

export const notDirectory = (named: string) =>
  new DomainError(
    'file.not-directory',
    'invalid',
    `Expected a directory, got something else: ${quotePath(named)}`,
  );
