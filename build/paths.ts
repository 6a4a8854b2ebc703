import { join } from 'node:path';
import { executableName, type TargetName } from './targets.ts';

/** The repository's folder, absolute. */
export const root = join(import.meta.dirname, '..');

/** A folder for things that the build makes for itself and can make again: downloads, stripped bases, logs. */
export const cache = join(root, '.cache');

/** A folder for things that the build makes for others. */
export const dist = join(root, 'dist');

/** The path at which `make dist` puts a target's executable; the one of `make build` is not there. */
export function executableOf(target: TargetName): string {
  return join(dist, target, executableName(target));
}
