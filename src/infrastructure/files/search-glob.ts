import picomatch from 'picomatch';
import type { GlobPattern } from '../../domain/policy/glob-pattern.ts';

/** What a glob means to a walk. */
export interface SearchGlob {
  readonly regex: RegExp;
  /** Directories that every match lies below, as far as they are plain names. */
  readonly base: readonly string[];
}

/** Names that begin with a dot are matched like all others. */
export function searchGlob({ glob, compares }: GlobPattern, isCaseSensitive: boolean): SearchGlob {
  const regex = picomatch.makeRe(glob, { dot: true, posix: true, nocase: !isCaseSensitive });
  const isPlain = compares === 'path' && isCaseSensitive && !glob.includes('\\');
  if (!isPlain) return { regex, base: [] };
  const { base, isGlob } = picomatch.scan(glob);
  const names = base.split('/').filter((name) => name !== '');
  return { regex, base: isGlob ? names : names.slice(0, -1) };
}
