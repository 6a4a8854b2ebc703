import { lstat, readlink, realpath } from 'node:fs/promises';
import { posix, win32 } from 'node:path';
import type { PathPlatform } from '../../domain/policy/path-platform.ts';
import { codeOf } from './path-guard-failure.ts';

/** Linux follows as many links in one path. */
const MAX_LINKS = 40;

/**
 * Where a path leads, every link followed: for what doesn't exist (yet), where its deepest existing ancestor leads, and the
 * missing names below it. A link to nothing leads where it would be created.
 */
export async function resolveReal(path: string, platform: PathPlatform, links = 0): Promise<string> {
  const { dirname, basename, join, resolve } = platform === 'windows' ? win32 : posix;
  try {
    return await realpath(path);
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    const parent = dirname(path);
    if (parent === path) return path;
    const realParent = await resolveReal(parent, platform, links);
    const target = links < MAX_LINKS ? await linkTarget(join(realParent, basename(path))) : undefined;
    if (target === undefined) return join(realParent, basename(path));
    return await resolveReal(resolve(realParent, target), platform, links + 1);
  }
}

async function linkTarget(path: string): Promise<string | undefined> {
  try {
    return (await lstat(path)).isSymbolicLink() ? await readlink(path) : undefined;
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    return undefined; // nothing there, or nothing that may be looked at: no link to follow
  }
}
