import { pathKey } from './containment.ts';
import type { PathPlatform } from './path-platform.ts';
import { withoutVerbatimPrefix } from './windows-path.ts';

/** Ways to the same files: firmlinks (`/System/Volumes/Data`), and prefixes that tell the kernel how to go. Lower case, as keys are. */
const MACOS_ROOT = /^(?:\/\.nofollow|\/\.resolve\/\d+|\/system\/volumes\/data)+(?=\/|$)/;

/** The folders that are links into `/private`. */
const MACOS_PRIVATE = /^\/private(?=\/(?:etc|tmp|var)(?:\/|$))/;

/** Shares of every Windows for its administrators: its drives and its own folder. */
const DRIVE_SHARE = /^\/\/[^/]+\/([a-z])\$(?=\/|$)/;
const WINDOWS_SHARE = /^\/\/[^/]+\/admin\$(?=\/|$)/;

/** The root of a Linux under Windows, and the drives of Windows in it. */
const WSL_SHARE = /^\/\/wsl(?:\$|\.localhost)\/[^/]+(?=\/|$)/;
const WSL_DRIVE = /^\/mnt\/([a-z])(?=\/|$)/;

/**
 * An absolute path in the form in which `pathKey` compares it, and of the names that its system has for one place always the same:
 * on Windows that of a drive for its share, and a POSIX path for what is in a Linux under it.
 */
export function placeKey(path: string, platform: PathPlatform): string {
  if (platform === 'linux') return pathKey(path, platform);
  if (platform === 'macos') return pathKey(path, platform).replace(MACOS_ROOT, '').replace(MACOS_PRIVATE, '');
  const key = pathKey(withoutVerbatimPrefix(path), platform);
  if (!key.startsWith('//')) return key;
  if (WSL_SHARE.test(key)) return key.replace(WSL_SHARE, '').replace(WSL_DRIVE, '$1:');
  return key.replace(DRIVE_SHARE, '$1:').replace(WINDOWS_SHARE, 'c:/windows');
}

/**
 * The path that Windows has for what is on one of its drives in the Linux under it (WSL), where case counts as little; undefined for
 * what is not.
 */
export function pathOnDrive(path: string): string | undefined {
  const [mount, drive] = /^\/mnt\/([a-z])(?=\/|$)/i.exec(path) ?? [];
  return mount && `${drive}:/${path.slice(mount.length)}`;
}
