import { absolutePath, splitRoot } from './absolute-path.ts';
import { isKeyInside, pathKey } from './containment.ts';
import type { PathPlatform } from './path-platform.ts';
import {
  HOME_PLACES,
  PLACE_VARIABLES,
  POSIX_PATTERN,
  POSIX_PLACES,
  WINDOWS_PLACES,
} from './sensitive-names.ts';

export interface SensitiveHost {
  readonly platform: PathPlatform;
  readonly homeDirectory: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Places that no file tool touches, allowed or not: absolute paths, each with all that is below it, whether it exists or not. */
export function sensitivePlaces({ platform, homeDirectory, environment }: SensitiveHost): readonly string[] {
  const places = platform === 'windows' ? [] : [...POSIX_PLACES];
  if (homeDirectory !== undefined) {
    const base = { platform, homeDirectory, directory: homeDirectory };
    for (const place of HOME_PLACES) places.push(absolutePath(place, base));
  }
  const listSeparator = platform === 'windows' ? ';' : ':';
  for (const variable of PLACE_VARIABLES) {
    const values =
      variable === 'KUBECONFIG' ? environment[variable]?.split(listSeparator) : [environment[variable]];
    for (const value of values ?? []) {
      // A root would refuse everything; a relative place depends on who reads it.
      if (value && splitRoot(value, platform).root !== '' && splitRoot(value, platform).names.length > 0)
        places.push(value);
    }
  }
  return places;
}

/** Decides over paths as named and as resolved. */
export interface SensitivePaths {
  covers(path: string): boolean;
  /** True if anything in this directory, at any depth, could be covered: if not, a walk needn't ask. */
  mayHoldAny(directory: string): boolean;
}

export function sensitivePaths(places: readonly string[], platform: PathPlatform): SensitivePaths {
  const keys = [...new Set(places.map((place) => pathKey(place, platform)))].filter((key) => key !== '');
  const homePlaces = HOME_PLACES.map((place) => pathKey(`/${place}`, platform));
  const covers = (path: string) => {
    const key = pathKey(path, platform);
    return (
      keys.some((place) => isKeyInside(key, place)) ||
      (platform !== 'windows' && POSIX_PATTERN.test(key)) ||
      (platform === 'windows' &&
        WINDOWS_KEYS.some((place) => isKeyInside(key.replace(/^[a-z]:/, ''), place))) ||
      isInSomeHome(key, homePlaces)
    );
  };
  return {
    covers,
    mayHoldAny(directory) {
      const key = pathKey(directory, platform);
      if (covers(directory) || MIXED.test(key)) return true;
      const home = ANY_HOME.exec(key)?.[0];
      const below = home === undefined ? undefined : key.slice(home.length);
      return (
        keys.some((place) => isKeyInside(place, key)) ||
        (below !== undefined && homePlaces.some((place) => below === '' || isKeyInside(place, below)))
      );
    },
  };
}

const WINDOWS_KEYS = WINDOWS_PLACES.map((place) => `/${place.toLowerCase()}`);

/** The home of any user: keys of other users are no better. */
const ANY_HOME = /^(?:\/root|\/var\/root|\/private\/var\/root|(?:[a-z]:)?\/(?:home|users)\/[^/]+)(?=\/|$)/i;

/** Directories above homes, processes or a drive's own places. */
const MIXED =
  /^(?:[a-z]:)?(?:\/(?:home|users|proc|etc|etc\/ssh|var|private|private\/var|windows|windows\/system32|programdata|programdata\/microsoft)?)?$/i;

function isInSomeHome(key: string, homePlaces: readonly string[]): boolean {
  const home = ANY_HOME.exec(key)?.[0];
  if (home === undefined) return false;
  const below = key.slice(home.length);
  return homePlaces.some((place) => isKeyInside(below, place));
}
