import { utf8Length } from '../../text/utf8.ts';
import { pathInvalid } from './path-invalid.ts';
import type { PathPlatform } from './path-platform.ts';
import { checkWindowsPath } from './windows-path.ts';

/** Linux's PATH_MAX, its closing NUL counted out; Windows takes more, but nobody names such files by hand. */
const MAX_PATH_BYTES = 4095;
const MAX_NAME = 255;

/**
 * Refuses what can't name a file before anything is done with it.
 * @throws DomainError `path.invalid`
 */
export function checkPath(path: unknown, platform: PathPlatform): asserts path is string {
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
