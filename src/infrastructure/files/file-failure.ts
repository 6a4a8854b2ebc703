import { pathInvalid, quotePath } from '../../domain/policy/paths/path-invalid.ts';
import { DomainError } from '../../domain/shared/domain-error.ts';

/** The system's name of a failure, such as ENOENT, or libuv's UNKNOWN for those without; undefined for anything else. */
export function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === 'string' && /^(?:E[A-Z0-9]+|UNKNOWN)$/.test(code) ? code : undefined;
}

/**
 * Translates a failure of the file system for whoever named the path; gives anything else back as it is.
 * @param platform as Node.js names it
 */
export function fileFailure(error: unknown, named: string, platform: string = process.platform): unknown {
  const path = quotePath(named);
  const code = codeOf(error);
  switch (code) {
    case undefined:
      return error;
    case 'ENOENT':
    case 'ENOTDIR':
      return notFound(named);
    case 'EACCES':
      return new DomainError('file.denied', 'forbidden', `The system denies access to ${path}`);
    case 'EPERM': {
      const hint = platform === 'darwin' ? `; ${PRIVACY}` : '';
      return new DomainError('file.denied', 'forbidden', `The system denies access to ${path}${hint}`);
    }
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
    case 'EBUSY':
      return new DomainError('file.failed', 'unavailable', busy(path, platform));
    case 'UNKNOWN':
      return new DomainError('file.failed', 'unavailable', `The system can't use ${path}: ${POSSIBLY}`);
    default:
      return new DomainError('file.failed', 'unavailable', `The system failed at ${path} (${code})`);
  }
}

/** Permissions of files say EACCES on macOS; EPERM is its privacy settings, or a file that is locked. */
const PRIVACY =
  'on macOS, allow it to the app that started this server: System Settings > Privacy & Security > Files and Folders (or Full Disk Access). Then start that app again';

/** The reason why a path whose links lead back to themselves names nothing. */
export const LINK_CIRCLE = 'its links go in a circle';

/** Windows lets a program keep others from a file; elsewhere only the system itself does so. */
const busy = (path: string, platform: string) =>
  platform === 'win32'
    ? `Another program has ${path} open; close it there, or try again later`
    : `The system has ${path} in use: it may be a mount point; try again later, or choose another path`;

/** Windows has thousands of failures that libuv has one name for: these are what people meet. */
const POSSIBLY =
  'its path may be too long (260 characters). Its drive may be locked, its share or cloud out of reach, or another program may use it';

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
