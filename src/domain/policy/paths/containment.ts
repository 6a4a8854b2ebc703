import { splitRoot } from './absolute-path.ts';
import type { PathPlatform } from './path-platform.ts';

/** Code points that HFS+ leaves out when it compares names. */
const IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/**
 * An absolute path in the form in which its system compares it, components joined by `/`, a root without one at its end. Windows
 * and macOS ignore case, macOS the Unicode form too: what may be the same is the same here, so that no spelling gets around a
 * refusal; whoever allows by it must look closer where `isInside` says `alike`.
 */
export function pathKey(path: string, platform: PathPlatform): string {
  if (platform === 'linux') return path === '/' ? '' : path;
  const { root, names } = splitRoot(path, platform);
  const key = [root.replaceAll('\\', '/').replace(/\/$/, ''), ...names].join('/');
  if (platform === 'windows') return foldCase(key);
  return foldCase(key.replace(IGNORED, '').normalize('NFD')).normalize('NFC');
}

/** Upper first: some letters have the same capital but keep apart as small ones. */
const foldCase = (text: string) => text.toUpperCase().toLowerCase();

/** True if a key is that of the directory or of something below it. */
export function isKeyInside(key: string, directory: string): boolean {
  return (
    key.startsWith(directory) && (key.length === directory.length || key.charCodeAt(directory.length) === 47)
  );
}

/**
 * Compares an absolute path with a directory, by components: `exactly` if it is that or below it, or `alike` if only case or Unicode
 * form differ, which on a file system that tells them apart can be somewhere else.
 */
export function isInside(
  path: string,
  directory: string,
  platform: PathPlatform,
): 'exactly' | 'alike' | false {
  const exactly = isKeyInside(plainKey(path, platform), plainKey(directory, platform));
  if (exactly || platform === 'linux') return exactly && 'exactly';
  return isKeyInside(pathKey(path, platform), pathKey(directory, platform)) && 'alike';
}

function plainKey(path: string, platform: PathPlatform): string {
  if (platform === 'windows') return path.replaceAll('\\', '/').replace(/\/$/, '');
  return path === '/' ? '' : path;
}
