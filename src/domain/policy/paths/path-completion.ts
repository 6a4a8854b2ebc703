import type { PathPlatform } from './path-platform.ts';

/** A path as far as it has been typed. */
export interface TypedPath {
  /** As typed, with the separator at its end; empty while there is none. */
  readonly folder: string;
  /** The beginning of the name in it. */
  readonly start: string;
  /** The one that whoever types uses: Windows takes both. */
  readonly separator: '/' | '\\';
}

export function splitTyped(typed: string, platform: PathPlatform): TypedPath {
  const end = Math.max(typed.lastIndexOf('/'), platform === 'windows' ? typed.lastIndexOf('\\') : -1) + 1;
  const folder = typed.slice(0, end);
  const separator = platform === 'windows' && !folder.endsWith('/') ? '\\' : '/';
  return { folder, start: typed.slice(end), separator };
}

/** True if a name or path begins so, as the system compares names: in any case but on Linux. */
export function beginsWith(name: string, start: string, platform: PathPlatform): boolean {
  if (platform === 'linux') return name.startsWith(start);
  return name.toLowerCase().startsWith(start.toLowerCase());
}

/** Those of the directories that go on from what was typed, with its separators and one at the end. */
export function directoriesBeginning(
  typed: string,
  directories: readonly string[],
  platform: PathPlatform,
): readonly string[] {
  const { separator } = splitTyped(typed, platform);
  return directories
    .map((directory) => (platform === 'windows' ? directory.replaceAll(/[\\/]/g, separator) : directory))
    .map((directory) => (directory.endsWith(separator) ? directory : `${directory}${separator}`))
    .filter((directory) => directory.length > typed.length && beginsWith(directory, typed, platform));
}
