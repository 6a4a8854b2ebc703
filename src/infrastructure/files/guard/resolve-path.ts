import { posix, win32 } from 'node:path';
import type { PathPlatform } from '../../../domain/policy/paths/path-platform.ts';
import { codeOf } from '../file-failure.ts';
import { followLinks, MAX_LINKS } from './follow-links.ts';
import { PathLookups } from './path-lookups.ts';

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

/**
 * Finds where a path leads.
 * @param mayFollow true if a network's share may be looked at that a link leads to; what isn't followed is told as it is written
 * @param lookups those of several paths that are asked for together
 */
export async function resolvePath(
  path: string,
  platform: PathPlatform,
  mayFollow: (share: string) => boolean = () => false,
  lookups = new PathLookups(),
): Promise<ResolvedPath> {
  if (platform !== 'windows') return await resolve(path, { syntax: posix, lookups, links: 0 });
  const { failure, real } = await followLinks(path, lookups, mayFollow);
  return failure === undefined
    ? await resolve(real, { syntax: win32, lookups, links: 0 })
    : { real, failure, missing: [] };
}

interface Resolving {
  readonly syntax: Pick<typeof posix, 'dirname' | 'basename' | 'join' | 'resolve'>;
  readonly lookups: PathLookups;
  /** Links to nothing that were followed so far. */
  readonly links: number;
}

async function resolve(path: string, given: Resolving): Promise<ResolvedPath> {
  const { syntax, lookups, links } = given;
  const { dirname, basename, join } = syntax;
  try {
    return { real: await lookups.real(path), missing: [] };
  } catch (error) {
    const failure = codeOf(error);
    if (failure === undefined) throw error;
    const parent = dirname(path);
    if (parent === path) return { real: path, failure, missing: [] };
    const above = await resolve(parent, given);
    const name = basename(path);
    const found = links < MAX_LINKS ? await lookups.find(join(above.real, name)) : 'other';
    if (typeof found !== 'object')
      return { real: join(above.real, name), failure, missing: [...above.missing, name] };
    const led = syntax.resolve(above.real, found.target);
    return { ...(await resolve(led, { ...given, links: links + 1 })), failure };
  }
}
