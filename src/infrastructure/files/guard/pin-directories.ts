import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The place of a directory that was allowed when the server started. */
export interface PinnedDirectory {
  /** Its real path, every link followed then; of one that wasn't there, where it is to be. */
  readonly real: string;
  readonly isThere: boolean;
}

export type PinnedDirectories = ReadonlyMap<string, PinnedDirectory>;

/**
 * Looks once where directories are, before anybody can put links in their place. It waits for the system: some 20 µs each, where
 * asking without waiting would first start the threads for it. Network shares, which can take seconds, are left out.
 * @param paths absolute
 */
export function pinDirectories(paths: readonly string[]): PinnedDirectories {
  const near = paths.filter((path) => !path.startsWith('\\\\'));
  return new Map(near.map((path) => [path, pinned(path)]));
}

function pinned(path: string): PinnedDirectory {
  try {
    const real = realpathSync.native(path);
    return { real, isThere: statSync(real).isDirectory() };
  } catch {
    // Not there yet, or not to be looked at: what comes to be there counts if it is no link to elsewhere.
    const parent = dirname(path);
    const real = parent === path ? path : join(pinned(parent).real, basename(path));
    return { real, isThere: false };
  }
}
