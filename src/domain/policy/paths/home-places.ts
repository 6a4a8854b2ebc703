import { pathKey } from './containment.ts';
import type { PathPlatform } from './path-platform.ts';
import { HOME_PLACES } from './sensitive-names.ts';

/** Decides over what is below a home directory, by its key without that of the home: `/.ssh/id`, or empty for the home itself. */
export interface HomePlaces {
  covers(below: string): boolean;
  /** True if a place is at this directory or below it. */
  areBelow(below: string): boolean;
}

export function homePlaces(platform: PathPlatform): HomePlaces {
  const places = HOME_PLACES.map((place) => pathKey(`/${place}`, platform));
  const covered = new RegExp(`^(?:${places.map(sourceOf).join('|')})(?:/|$)`, 's');
  const above = new RegExp(`^(?:${[...new Set(places.flatMap(foldersOf))].map(sourceOf).join('|')})$`, 's');
  return {
    covers: (below) => covered.test(below),
    areBelow: (below) => covered.test(below) || above.test(below),
  };
}

/** The expression of a key in which `*` stands for any part of a name. */
const sourceOf = (key: string) => key.replace(/[.+?^$()[\]{}|\\]/g, '\\$&').replaceAll('*', '[^/]*');

/** The directories above a key, the home itself among them. */
function foldersOf(key: string): string[] {
  const names = key.split('/');
  return names.slice(0, -1).map((_, depth) => names.slice(0, depth + 1).join('/'));
}
