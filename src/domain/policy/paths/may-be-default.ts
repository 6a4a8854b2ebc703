import { isInside, isKeyInside, pathKey } from './containment.ts';
import type { PathPlatform } from './path-platform.ts';
import { pathOnDrive } from './place-key.ts';

/** Directories of the system with all that is in them. */
const SYSTEM_TREES: Readonly<Record<PathPlatform, readonly string[]>> = {
  linux: [
    '/bin',
    '/boot',
    '/dev',
    '/etc',
    '/lib',
    '/lib32',
    '/lib64',
    '/libx32',
    '/lost+found',
    '/proc',
    '/sbin',
    '/snap',
    '/sys',
    '/usr/bin',
    '/usr/games',
    '/usr/include',
    '/usr/lib',
    '/usr/lib32',
    '/usr/lib64',
    '/usr/libexec',
    '/usr/sbin',
    '/usr/share',
    '/var/backups',
    '/var/cache',
    '/var/log',
    '/var/run',
    '/var/spool',
  ],
  macos: [
    '/Applications',
    '/Library',
    '/Network',
    '/System',
    '/bin',
    '/cores',
    '/dev',
    '/etc',
    '/opt/homebrew',
    '/private/etc',
    '/private/var/db',
    '/private/var/log',
    '/sbin',
    '/usr',
  ],
  windows: [
    '/$recycle.bin',
    '/perflogs',
    '/program files',
    '/program files (x86)',
    '/programdata',
    '/recovery',
    '/system volume information',
    '/windows',
  ],
};

/** Directories that hold those of many users or of the system, but whose insides can be somebody's work. */
const SYSTEM_TOPS: Readonly<Record<PathPlatform, readonly string[]>> = {
  linux: [
    '',
    '/home',
    '/media',
    '/mnt',
    '/opt',
    '/run',
    '/run/user',
    '/srv',
    '/usr',
    '/usr/local',
    '/var',
    '/var/lib',
  ],
  macos: ['', '/Users', '/Volumes', '/opt', '/private', '/private/var', '/private/var/folders', '/var'],
  windows: ['', '/users'],
};

/** Keys of what a user of Windows has installed, and of the folders above: programs that update themselves are in `app-VERSION`. */
const USER_PROGRAMS =
  /\/appdata(?:\/(?:local|locallow|roaming)(?:\/(?:programs|microsoft)(?:\/.*)?|\/[^/]+\/app-.*)?)?$/s;

/**
 * True if file tools may work in a directory that nobody named: a working directory or a client's root. Never a file system's root,
 * what holds a home directory, or the system's own; programs started from a desktop often find themselves there.
 */
export function mayBeDefault(
  directory: string,
  { platform, homeDirectory }: { platform: PathPlatform; homeDirectory: string | undefined },
): boolean {
  if (homeDirectory !== undefined && isAbove(directory, homeDirectory, platform)) return false;
  const drive = platform === 'linux' ? pathOnDrive(directory) : undefined;
  if (drive !== undefined) return mayBeDefault(drive, { platform: 'windows', homeDirectory: undefined });
  const key = pathKey(directory, platform);
  const below = platform === 'windows' ? key.replace(/^(?:[a-z]:|\/\/[^/]+\/[^/]+)/, '') : key;
  const inTree = SYSTEM_TREES[platform].some((tree) => isKeyInside(below, pathKey(tree, platform)));
  if (platform === 'windows' && USER_PROGRAMS.test(key)) return false;
  return !inTree && !SYSTEM_TOPS[platform].some((top) => below === pathKey(top, platform));
}

const isAbove = (directory: string, path: string, platform: PathPlatform) =>
  isInside(path, directory, platform) !== false && pathKey(path, platform) !== pathKey(directory, platform);
