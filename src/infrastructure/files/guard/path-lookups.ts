import { lstat, readlink, realpath } from 'node:fs/promises';
import { codeOf } from '../file-failure.ts';

/** The finding at a path: the target of a link, as it is written; `other` also for what may not be looked at. */
export type Found = { readonly target: string } | 'missing' | 'other';

/** Looks at paths, at each only once: the paths of one question have most of their folders in common. */
export class PathLookups {
  private readonly found = new Map<string, Promise<Found>>();
  private readonly reals = new Map<string, Promise<string>>();

  /** Looks without following a link at the end. */
  find(path: string): Promise<Found> {
    return memoized(this.found, path, find);
  }

  /** The real path. @throws Error with the system's `code` */
  real(path: string): Promise<string> {
    return memoized(this.reals, path, (asked) => realpath(asked));
  }
}

async function find(path: string): Promise<Found> {
  try {
    return (await lstat(path)).isSymbolicLink() ? { target: await readlink(path) } : 'other';
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'other';
  }
}

function memoized<T>(
  known: Map<string, Promise<T>>,
  path: string,
  ask: (path: string) => Promise<T>,
): Promise<T> {
  const asked = known.get(path) ?? ask(path);
  known.set(path, asked);
  return asked;
}
