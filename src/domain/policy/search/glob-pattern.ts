import { DomainError } from '../../shared/domain-error.ts';
import type { PathPlatform } from '../paths/path-platform.ts';
import { type GlobPart, GlobReader, plain } from './glob-reader.ts';

/** A glob that stays below the directory it is searched in. */
export interface GlobPattern {
  /** Matches the names or paths that are sought. */
  readonly expression: RegExp;
  /** Matches only what has the pattern's very text as its name or path, whatever brackets it has. */
  readonly itself: RegExp;
  /** The compared text: a name at any depth, or the path below the directory. */
  readonly compares: 'name' | 'path';
  /** True if it finds directories, by its trailing `/`, instead of files. */
  readonly findsDirectories: boolean;
  /** Directories that every match lies below, as far as they are plain names. */
  readonly base: readonly string[];
  /** True if names in another case match, those of `base` too. */
  readonly foldsCase: boolean;
  /** Levels that can hold a match; absent: all. */
  readonly depth?: number;
  /** The reason why it is no pattern unless something is called so: a bracket is not closed. */
  readonly problem?: DomainError;
}

const LONGEST = 1024;
const ABSOLUTE = /^(?:\/|~(?:\/|$)|[A-Za-z]:[/\\]|\\\\)/;

/**
 * Reads what a caller wants to find: `*`, `?`, `**`, `[a-z]` and `{a,b}`, and names that look like those by their very text.
 * Parentheses stand for themselves, a space for every kind of space. On Windows `\` separates and case counts for nothing, as for
 * the system itself and for git there; elsewhere `\` takes the next character as it is. Names are compared in the Unicode form NFC.
 * @throws DomainError `search.pattern-invalid`
 */
export function globPattern(pattern: string, platform: PathPlatform, isCaseSensitive = true): GlobPattern {
  if (pattern.length > LONGEST) throw invalid(`at most ${LONGEST} characters long, got ${pattern.length}`);
  const shown = JSON.stringify(pattern);
  if (pattern.includes('\0')) throw invalid(`without a NUL character, got ${shown}`);
  if (ABSOLUTE.test(pattern))
    throw invalid(`a path below "path", got the absolute ${shown}; name the directory in "path"`);
  const slashed = (platform === 'windows' ? pattern.replaceAll('\\', '/') : pattern).normalize('NFC');
  const text = slashed.replace(/^(?:\.\/+)+/, '').replace(/\/+$/, '');
  const { alternatives, problem } = read(text, shown);
  const itself = partsOf(text);
  const all = [itself, ...alternatives].map(componentsOf);
  if (all.some((components) => components.some(({ text: name }) => name === '..')))
    throw invalid(`a path below "path", got ${shown}, which climbs out of it; name the directory in "path"`);
  if (all.every(({ length }) => length === 0))
    throw invalid(`a glob such as "*.ts" or "src/**", got ${shown}`);
  const comparesPath = text.includes('/');
  const depth = comparesPath && !all.flat().some(({ isDeep }) => isDeep);
  const foldsCase = !isCaseSensitive || platform === 'windows';
  const flags = foldsCase ? 'isu' : 'su';
  const sources = all.map(sourceOf);
  return {
    expression: new RegExp(`^(?:${[...new Set(sources)].join('|')})$`, flags),
    itself: new RegExp(`^(?:${sources[0]})$`, flags),
    compares: comparesPath ? 'path' : 'name',
    findsDirectories: slashed.endsWith('/'),
    base: comparesPath ? baseOf(all) : [],
    foldsCase,
    ...(depth && { depth: Math.max(...all.map(({ length }) => length)) }),
    ...(problem && { problem }),
  };
}

function read(text: string, shown: string) {
  const reader = new GlobReader(text);
  const alternatives = reader.alternatives();
  if (reader.problem === undefined) return { alternatives };
  return { alternatives: [], problem: invalid(`a glob, got ${shown}: ${reader.problem}`) };
}

const partsOf = (text: string): GlobPart[] => [...text].map(plain);

/** One name of a path. */
interface Component {
  /** As it is written; undefined where it is a pattern. */
  readonly text: string | undefined;
  readonly source: string;
  /** True if it stands for any number of directories. */
  readonly isDeep: boolean;
}

function componentsOf(parts: readonly GlobPart[]): Component[] {
  const components: GlobPart[][] = [[]];
  for (const part of parts) {
    if (part.text === '/') components.push([]);
    else components.at(-1)?.push(part);
  }
  return components.map(componentOf).filter(({ text }) => text !== '' && text !== '.');
}

/** Brackets in it can also stand for themselves: `app/[slug]/*.tsx` is asked for where a folder is called so. */
function componentOf(parts: readonly GlobPart[]): Component {
  const isDeep = parts.length > 1 && parts.every(({ isStar }) => isStar);
  const single = parts.filter(({ isStar }, at) => !(isStar && parts[at - 1]?.isStar));
  const source = single.map((part) => part.source).join('');
  const itself = single.map((part) => part.itself ?? part.source).join('');
  return {
    text: parts.every(({ text }) => text !== undefined) ? parts.map(({ text }) => text).join('') : undefined,
    source: source === itself ? source : `(?:${source}|${itself})`,
    isDeep,
  };
}

/** The path's expression. A `**` is any number of directories, none included; at the end it is whatever is below, and the directory. */
function sourceOf(components: readonly Component[]): string {
  let source = '';
  for (const [at, { isDeep, source: own }] of components.entries()) {
    const isLast = at === components.length - 1;
    if (isDeep && isLast) source = at === 0 ? '.*' : `${source.slice(0, -1)}(?:/.*)?`;
    else source += isDeep ? '(?:.*/)?' : `${own}${isLast ? '' : '/'}`;
  }
  return source;
}

/** A name that has only one form: no other kind of space, and nothing to compose. */
const PLAIN = /^[!-~]*$/;

function baseOf(all: readonly (readonly Component[])[]): string[] {
  const base: string[] = [];
  for (let at = 0; ; at++) {
    const [name, ...others] = new Set(all.map((components) => components[at]?.text));
    const isLast = all.some(({ length }) => length <= at + 1);
    if (name === undefined || others.length > 0 || isLast || !PLAIN.test(name)) return base;
    base.push(name);
  }
}

const invalid = (expectation: string) =>
  new DomainError('search.pattern-invalid', 'invalid', `Expected "pattern" to be ${expectation}`);
