import type { BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { PathGrant } from '../../../application/ports/path-grants.ts';
import { parentPath, splitRoot } from '../../../domain/policy/paths/absolute-path.ts';
import { isInside, pathKey } from '../../../domain/policy/paths/containment.ts';
import type { PathPlatform } from '../../../domain/policy/paths/path-platform.ts';

/** True if a real path is an allowed directory or below one. */
export async function isAllowed(
  real: string,
  { directories }: PathGrant,
  platform: PathPlatform,
): Promise<boolean> {
  for (const directory of directories) {
    const inside = isInside(real, directory, platform);
    if (inside === 'exactly' || (inside === 'alike' && (await isBelow(real, directory, platform))))
      return true;
  }
  return false;
}

/** Names that differ in case only are one directory on most volumes, and two on some. */
async function isBelow(real: string, directory: string, platform: PathPlatform): Promise<boolean> {
  const depth = splitRoot(directory, platform).names.length;
  let ancestor = real;
  while (splitRoot(ancestor, platform).names.length > depth) ancestor = parentPath(ancestor, platform);
  try {
    const options = { bigint: true } as const;
    return isSameFile(...(await Promise.all([stat(ancestor, options), stat(directory, options)])));
  } catch {
    return false; // what can't be looked at isn't let through
  }
}

export const isSameFile = (a: BigIntStats, b: BigIntStats) => a.dev === b.dev && a.ino === b.ino;

/** True if a path is on a network share that something is allowed on. */
export function isOnAllowedShare(named: string, { directories }: PathGrant, platform: PathPlatform): boolean {
  const share = (path: string) => pathKey(splitRoot(path, platform).root, platform);
  return directories.some((directory) => share(directory) === share(named));
}
