import { lazily } from '../../shared/lazily.ts';
import { absolutePath, joinPath, splitRoot } from './absolute-path.ts';
import { isKeyInside } from './containment.ts';
import { homePlaces } from './home-places.ts';
import type { PathPlatform } from './path-platform.ts';
import { pathOnDrive, placeKey } from './place-key.ts';
import {
  FOLDER_VARIABLES,
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

/** A home directory, or a folder of one. */
export interface HomeFolder {
  /** Absolute. */
  readonly path: string;
  /** Its names below the home, joined by `/`; empty for the home itself. */
  readonly folder: string;
}

/** Places that no file tool touches, allowed or not. */
export interface SensitivePlaces {
  /** Absolute paths, each with all that is below it, whether it exists or not. */
  readonly paths: readonly string[];
  /** Homes besides those that look like one, and folders of homes that are elsewhere. */
  readonly homes: readonly HomeFolder[];
}

export function sensitivePlaces({ platform, homeDirectory, environment }: SensitiveHost): SensitivePlaces {
  const paths = platform === 'windows' ? [] : [...POSIX_PLACES];
  const homes: HomeFolder[] = [];
  if (homeDirectory !== undefined) {
    homes.push({ path: homeDirectory, folder: '' });
    const base = { platform, homeDirectory, directory: homeDirectory };
    for (const place of HOME_PLACES) if (mayBeLink(place, platform)) paths.push(absolutePath(place, base));
  }
  for (const [variable, folder] of FOLDER_VARIABLES) {
    const path = environment[variable];
    if (path && isMovedPlace(path, platform)) homes.push({ path, folder });
  }
  const listSeparator = platform === 'windows' ? ';' : ':';
  for (const [variable, ...names] of PLACE_VARIABLES) {
    const values =
      variable === 'KUBECONFIG' ? environment[variable]?.split(listSeparator) : [environment[variable]];
    for (const value of values ?? []) {
      if (!value || !isMovedPlace(value, platform)) continue;
      if (names.length === 0) paths.push(value);
      for (const name of names) paths.push(joinPath(value, [name], platform));
    }
  }
  return { paths, homes };
}

/** A root would refuse everything; a relative place depends on who reads it. */
function isMovedPlace(path: string, platform: PathPlatform): boolean {
  const { root, names } = splitRoot(path, platform);
  return root !== '' && names.length > 0;
}

/** True if it is worth a look where it leads: a pattern is no path, and other systems' folders are seldom here. */
function mayBeLink(place: string, platform: PathPlatform): boolean {
  if (place.includes('*')) return false;
  if (place.startsWith('Library/')) return platform === 'macos';
  return !place.startsWith('AppData/') || platform === 'windows';
}

/** Decides over paths as named and as resolved. */
export interface SensitivePaths {
  covers(path: string): boolean;
  /** True if anything in this directory, at any depth, could be covered: if not, a walk needn't ask. */
  mayHoldAny(directory: string): boolean;
}

export function sensitivePaths(places: SensitivePlaces, platform: PathPlatform): SensitivePaths {
  const own = ownPaths(places, platform);
  if (platform !== 'linux') return own;
  const onDrives = lazily(() => ownPaths(placesOnDrives(places), 'windows'));
  const decide = (question: keyof SensitivePaths) => (path: string) => {
    const drive = pathOnDrive(path);
    return drive === undefined ? own[question](path) : onDrives()[question](drive);
  };
  return { covers: decide('covers'), mayHoldAny: decide('mayHoldAny') };
}

function placesOnDrives({ paths, homes }: SensitivePlaces): SensitivePlaces {
  return {
    paths: paths.map(pathOnDrive).filter((path) => path !== undefined),
    homes: homes.flatMap((home) => {
      const path = pathOnDrive(home.path);
      return path === undefined ? [] : [{ ...home, path }];
    }),
  };
}

function ownPaths({ paths, homes }: SensitivePlaces, platform: PathPlatform): SensitivePaths {
  // A listing asks for each of its names: what looks like a home is asked about as one already.
  const folders = homes
    .map(({ path, folder }) => ({
      key: placeKey(path, platform),
      below: folder === '' ? '' : placeKey(`/${folder}`, platform),
    }))
    .filter(({ key, below }) => !belowAnyHome(key).includes(below));
  const inHome = homePlaces(platform);
  const belowHomes = (key: string) => [
    ...belowAnyHome(key),
    ...folders
      .filter((home) => isKeyInside(key, home.key))
      .map((home) => home.below + key.slice(home.key.length)),
  ];
  // So are the places of homes.
  const keys = [...new Set(paths.map((place) => placeKey(place, platform)))].filter(
    (key) => key !== '' && !belowHomes(key).some(inHome.covers),
  );
  // Under Windows there can be a Linux.
  if (platform === 'windows') keys.push(...POSIX_PLACES.map((place) => place.toLowerCase()));
  const covers = (path: string) => {
    const key = placeKey(path, platform);
    return (
      keys.some((place) => isKeyInside(key, place)) ||
      (key.startsWith('/') && POSIX_PATTERN.test(key)) ||
      (platform === 'windows' && isWindowsPlace(key)) ||
      belowHomes(key).some(inHome.covers)
    );
  };
  return {
    covers,
    mayHoldAny(directory) {
      const key = placeKey(directory, platform);
      return (
        MIXED.test(key) ||
        covers(directory) ||
        keys.some((place) => isKeyInside(place, key)) ||
        folders.some((home) => isKeyInside(home.key, key)) ||
        belowHomes(key).some(inHome.areBelow)
      );
    },
  };
}

const WINDOWS_KEYS = WINDOWS_PLACES.map((place) => `/${place.toLowerCase()}`);

/** The root of a drive, or of what a network shares. */
const WINDOWS_ROOT = /^(?:[a-z]:|\/\/[^/]+\/[^/]+)(?=\/|$)/;

function isWindowsPlace(key: string): boolean {
  const root = WINDOWS_ROOT.exec(key)?.[0];
  return root !== undefined && WINDOWS_KEYS.some((place) => isKeyInside(key.slice(root.length), place));
}

/** The home of any user, keys of other users are no better; those of Windows also as a Linux under it has them. */
const ANY_HOME =
  /^(?:\/root|\/var\/root|(?:[a-z]:|\/\/[^/]+\/[^/]+)?\/(?:home|users|documents and settings)\/[^/]+)(?=\/|$)/i;

/** Shares of a network: each may be somebody's home, or have everybody's. */
const SHARE = /^\/\/[^/]+\/[^/]+(?=\/|$)/;
const SHARED_HOME = /^\/\/[^/]+\/(?:homes?|users?|profiles?)\$?\/[^/]+(?=\/|$)/;

/** The rest of a key behind each home that it can be in. */
const belowAnyHome = (key: string) =>
  (key.startsWith('//') ? [ANY_HOME, SHARE, SHARED_HOME] : [ANY_HOME])
    .map((home) => home.exec(key)?.[0])
    .filter((home) => home !== undefined)
    .map((home) => key.slice(home.length));

/** Directories above homes, processes or a drive's own places. */
const MIXED =
  /^(?:[a-z]:|\/\/[^/]+\/[^/]+)?(?:\/(?:home|users|documents and settings|proc|etc|etc\/ssh|mnt|var|private|system|system\/volumes|windows|windows\/system32|programdata|programdata\/microsoft)?)?$/i;
