import { DomainError } from '../shared/domain-error.ts';
import type { PathPlatform } from './path-platform.ts';

/** A glob that stays below the directory it is searched in. */
export interface GlobPattern {
  /** Without a leading `./` and without the trailing `/`. */
  readonly glob: string;
  /** What is compared: a name at any depth, or the path below the directory. */
  readonly compares: 'name' | 'path';
  /** Whether it finds directories, by its trailing `/`, instead of files. */
  readonly findsDirectories: boolean;
  /** Levels that can hold a match; absent: all. */
  readonly depth?: number;
}

const LONGEST = 1024;

/** A `..` between separators, or as an alternative of a brace or a group. */
const CLIMBS = /(?:^|[/{,(|])\.\.(?:$|[/},)|])/;
const ABSOLUTE = /^(?:\/|~(?:\/|$)|[A-Za-z]:[/\\]|\\\\)/;

/**
 * Reads what a caller wants to find. On Windows `\` separates, elsewhere it takes the next character as it is.
 * @throws DomainError `search.pattern-invalid`
 */
export function globPattern(pattern: string, platform: PathPlatform): GlobPattern {
  if (pattern.length > LONGEST) throw invalid(`at most ${LONGEST} characters long, got ${pattern.length}`);
  const shown = JSON.stringify(pattern);
  if (pattern.includes('\0')) throw invalid(`without a NUL character, got ${shown}`);
  if (ABSOLUTE.test(pattern))
    throw invalid(`a path below "path", got the absolute ${shown}; name the directory in "path"`);
  const slashed = platform === 'windows' ? pattern.replaceAll('\\', '/') : pattern;
  if (CLIMBS.test(slashed))
    throw invalid(`a path below "path", got ${shown}, which climbs out of it; name the directory in "path"`);
  const glob = slashed.replace(/^(?:\.\/+)+/, '').replace(/\/+$/, '');
  if (glob === '' || glob === '.') throw invalid(`a glob such as "*.ts" or "src/**", got ${shown}`);
  const depth = depthOf(glob);
  return {
    glob,
    compares: glob.includes('/') ? 'path' : 'name',
    findsDirectories: slashed.endsWith('/'),
    ...(depth !== undefined && { depth }),
  };
}

/** As many levels as the path has parts; what alternatives and `**` can reach is not counted. */
function depthOf(glob: string): number | undefined {
  const parts = glob.split('/');
  return parts.length === 1 || /\*\*|[{([]/.test(glob) ? undefined : parts.length;
}

const invalid = (expectation: string) =>
  new DomainError('search.pattern-invalid', 'invalid', `Expected "pattern" to be ${expectation}`);
