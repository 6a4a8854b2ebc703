import { lstat, readlink, realpath } from 'node:fs/promises';
import { posix, win32 } from 'node:path';
import type { PathPlatform } from '../../../domain/policy/paths/path-platform.ts';
import { codeOf } from '../file-failure.ts';

/** Linux follows as many links in one path. */
const MAX_LINKS = 40;

export interface ResolvedPath {
  /**
   * The real path, every link followed: for a path that doesn't exist (yet), its deepest existing ancestor's, and the missing names
   * below it. A link to nothing leads where it would be created.
   */
  readonly real: string;
  /** The reason why the system didn't go all the way, by its own name, such as ENOENT; undefined for a path that is there. */
  readonly failure?: string;
  /** The names at the end of `real` that nothing, or nothing that can be looked at, has. */
  readonly missing: readonly string[];
}

export async function resolvePath(path: string, platform: PathPlatform, links = 0): Promise<ResolvedPath> {
  const { dirname, basename, join, resolve } = platform === 'windows' ? win32 : posix;
  try {
    return { real: await realpath(path), missing: [] };
  } catch (error) {
    const failure = codeOf(error);
    if (failure === undefined) throw error;
    const parent = dirname(path);
    if (parent === path) return { real: path, failure, missing: [] };
    const above = await resolvePath(parent, platform, links);
    const name = basename(path);
    const target = links < MAX_LINKS ? await linkTarget(join(above.real, name)) : undefined;
    if (target === undefined)
      return { real: join(above.real, name), failure, missing: [...above.missing, name] };
    return { ...(await resolvePath(resolve(above.real, target), platform, links + 1)), failure };
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
