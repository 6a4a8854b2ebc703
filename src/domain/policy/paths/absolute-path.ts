import { pathOfFileUri } from '../../resource/file-uri.ts';
import { utf8Length } from '../../text/utf8.ts';
import { pathInvalid } from './path-invalid.ts';
import type { PathPlatform } from './path-platform.ts';
import { checkWindowsPath, splitWindowsRoot, withoutVerbatimPrefix } from './windows-path.ts';

export interface PathBase {
  readonly platform: PathPlatform;
  /** The meaning of `~`; absolute. */
  readonly homeDirectory: string | undefined;
  /** The directory that relative paths count from; absolute. */
  readonly directory: string;
}

/**
 * The absolute, normalized form of a path: that of a `file:` URI, `~` expanded, `.`, `..` and doubled separators gone, `\` on Windows. It is made from
 * the text alone, so `link/..` is where the link is, not where it leads to.
 * @throws DomainError `path.invalid`, `resource.uri-invalid`
 */
export function absolutePath(path: unknown, base: PathBase): string {
  const plain = typeof path === 'string' ? plainPath(path, base.platform) : path;
  checkPath(plain, base.platform);
  const { root, names } = splitPath(expandHome(plain, base), base);
  const separator = base.platform === 'windows' ? '\\' : '/';
  const absolute = root + names.join(separator);
  checkPath(absolute, base.platform);
  return absolute;
}

/** The path that a `file:` URI means (RFC 8089); any other as it is. @throws DomainError `resource.uri-invalid` */
export function plainPath(path: string, platform: PathPlatform): string {
  const isUri = platform === 'windows' ? /^file:(?:[\\/]|[a-z][:|])/i : /^file:\//i;
  return isUri.test(path) ? pathOfFileUri(path, platform) : path;
}

/** True if a path names a directory by its very form: on POSIX by a slash at its end. */
export function namesDirectory(path: string, platform: PathPlatform): boolean {
  return platform === 'windows' ? /[\\/]\.?$/.test(path) : /\/\.?$/.test(path);
}

/** The directory that holds a normalized absolute path; a root holds itself. */
export function parentPath(path: string, platform: PathPlatform): string {
  const { root, names } = splitRoot(path, platform);
  return joinPath(root, names.slice(0, -1), platform);
}

/** The path below a normalized absolute path by these names. */
export function joinPath(path: string, names: readonly string[], platform: PathPlatform): string {
  const separator = platform === 'windows' ? '\\' : '/';
  return path + (path.endsWith(separator) || names.length === 0 ? '' : separator) + names.join(separator);
}

/** An absolute path as its root (`/`, `C:\`, `\\server\share\`), normalized, and the names below it; a relative one has no root. */
export function splitRoot(path: string, platform: PathPlatform): { root: string; names: string[] } {
  const { root, rest } = platform === 'windows' ? splitWindowsRoot(path) : splitPosixRoot(path);
  return {
    root,
    names: rest.split(platform === 'windows' ? /[\\/]+/ : /\/+/).filter((name) => name !== ''),
  };
}

const splitPosixRoot = (path: string) => ({ root: path.startsWith('/') ? '/' : '', rest: path });

function expandHome(path: string, { platform, homeDirectory }: PathBase): string {
  if (!(platform === 'windows' ? /^~(?:[\\/]|$)/ : /^~(?:\/|$)/).test(path)) return path;
  if (homeDirectory === undefined) throw pathInvalid(path, 'there is no home directory that "~" could mean');
  return `${homeDirectory}/${path.slice(1)}`;
}

function splitPath(given: string, { platform, directory }: PathBase): { root: string; names: string[] } {
  const path = platform === 'windows' ? withoutVerbatimPrefix(given) : given;
  const base = splitRoot(directory, platform);
  const own = splitRoot(path, platform);
  const isAbsolute = own.root !== '';
  const fromRoot = isAbsolute || (platform === 'windows' && /^[\\/]/.test(path));
  const names = fromRoot ? [] : base.names;
  for (const name of own.names) {
    if (name === '..') names.pop();
    else if (name !== '.') names.push(name);
  }
  return { root: isAbsolute ? own.root : base.root, names };
}

/** Linux's PATH_MAX, its closing NUL counted out; Windows takes more, but nobody names such files by hand. */
const MAX_PATH_BYTES = 4095;
const MAX_NAME = 255;

/**
 * Refuses what can't name a file before anything is done with it.
 * @throws DomainError `path.invalid`
 */
function checkPath(path: unknown, platform: PathPlatform): asserts path is string {
  if (typeof path !== 'string') throw pathInvalid(String(path), `it is ${typeof path}, not text`);
  if (path === '') throw pathInvalid(path, 'it is empty');
  if (path.includes('\0')) throw pathInvalid(path.slice(0, path.indexOf('\0') + 1), 'it contains NUL');
  if (!path.isWellFormed()) throw pathInvalid(path.toWellFormed(), 'it contains half a character');
  if (utf8Length(path) > MAX_PATH_BYTES) throw pathInvalid(path, `it is longer than ${MAX_PATH_BYTES} bytes`);
  const names = path.split(platform === 'windows' ? /[\\/]/ : '/');
  const long = names.find((name) => nameLength(name, platform) > MAX_NAME);
  if (long !== undefined) throw pathInvalid(path, `a name in it is longer than ${MAX_NAME}`);
  if (platform === 'windows') checkWindowsPath(path);
}

/** Linux counts bytes, NTFS and APFS count UTF-16 units. */
const nameLength = (name: string, platform: PathPlatform) =>
  platform === 'linux' ? utf8Length(name) : name.length;
