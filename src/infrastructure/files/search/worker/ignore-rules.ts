import { matchesWild, readWild, type WildToken } from './wildmatch.ts';

// These functions are a part of the worker's program, whose text is made of them: see search-worker.ts.

/** A rule that has to be tried. */
interface WildRule {
  /** Among the rules: the last that matches decides. */
  readonly at: number;
  readonly isForFolders: boolean;
  /** True if it is matched against the path, not the name. */
  readonly isPath: boolean;
  /** The beginning of the path. */
  readonly head: string;
  readonly tokens: readonly WildToken[];
}

/** The rules of one folder, and those of the folders above: the deepest that says anything decides (gitignore(5)). */
export interface IgnoreRules {
  /** Characters of a path that lie above the rules' folder. */
  readonly skip: number;
  readonly above: IgnoreRules | undefined;
  readonly foldsCase: boolean;
  /** For each rule, true if it takes back what others ignore. */
  readonly takesBack: readonly boolean[];
  /** The last rule for a name or path, or, with a `/` behind it, for a folder of that name or path. */
  readonly names: ReadonlyMap<string, number>;
  readonly paths: ReadonlyMap<string, number>;
  /** The last rule for names that end so, from a `.` on. */
  readonly endings: ReadonlyMap<string, number>;
  /** Rules that no map holds, in order. */
  readonly wild: readonly WildRule[];
}

/** The rules about ignored files that a search has read. */
export interface IgnoreState {
  /** From the repository's root to the search's, empty or with a trailing `/`, each byte a character: what all paths begin with. */
  readonly prefix: string;
  /** For what is in the folders above the search's root. */
  readonly above: IgnoreRules | undefined;
  /** For what is in a folder, by its path. */
  readonly below: Map<string, IgnoreRules | undefined>;
}

/**
 * Reads the text of a `.gitignore` as git's dir.c does.
 * @param text each byte a character
 * @param path of its folder, empty or with a trailing `/`, from where all paths count that are asked about
 */
export function readIgnoreRules(
  text: string,
  path: string,
  { above, foldsCase }: { readonly above: IgnoreRules | undefined; readonly foldsCase: boolean },
): IgnoreRules {
  const takesBack: boolean[] = [];
  const names = new Map<string, number>();
  const paths = new Map<string, number>();
  const endings = new Map<string, number>();
  const wild: WildRule[] = [];
  const plain = text.startsWith('\xef\xbb\xbf') ? text.slice(3) : text;
  for (const line of plain.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const written = withoutEnd(line);
    const isBack = written.startsWith('!');
    const isForFolders = written.length > (isBack ? 1 : 0) && written.endsWith('/');
    const pattern = written.slice(isBack ? 1 : 0, isForFolders ? -1 : undefined);
    const isPath = pattern.includes('/');
    const own = foldsCase ? asciiLower(pattern) : pattern;
    const bare = isPath && own.startsWith('/') ? own.slice(1) : own;
    const at = takesBack.length;
    takesBack.push(isBack);
    const special = bare.search(/[*?[\\]/);
    const ending = isPath ? undefined : /^\*(\.[^*?[\\]*)$/.exec(bare)?.[1];
    const mark = isForFolders ? '/' : '';
    if (special === -1) (isPath ? paths : names).set(bare + mark, at);
    else if (ending !== undefined) endings.set(ending + mark, at);
    else {
      // git compares what comes before the first special character by itself, and hands on the rest.
      const head = isPath ? special : 0;
      const rest = (own === bare ? pattern : pattern.slice(1)).slice(head);
      const tokens = readWild(rest, foldsCase);
      if (tokens) wild.push({ at, isForFolders, isPath, head: bare.slice(0, head), tokens });
    }
  }
  return { skip: path.length, above, foldsCase, takesBack, names, paths, endings, wild };
}

/** A line without its end, and without the blanks before it that no backslash keeps. */
function withoutEnd(line: string): string {
  const [text = ''] = (line.endsWith('\r') ? line.slice(0, -1) : line).split('\0');
  let end = 0;
  for (let at = 0; at < text.length; at++) {
    if (text.charAt(at) === ' ') continue;
    if (text.charAt(at) === '\\') {
      at += 1;
      if (at === text.length) return text;
    }
    end = at + 1;
  }
  return text.slice(0, end);
}

function asciiLower(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** True if a path is ignored, given that the folder it is in is not. @param path without a trailing `/`, each byte a character */
export function isIgnored(rules: IgnoreRules | undefined, path: string, isFolder: boolean): boolean {
  for (let asked = rules; asked !== undefined; asked = asked.above) {
    const own = asked.foldsCase ? asciiLower(path) : path;
    const at = decidingRule(asked, own.slice(asked.skip), isFolder);
    if (at !== -1) return asked.takesBack[at] === false;
  }
  return false;
}

/** The last rule that matches; -1 for none. */
function decidingRule(rules: IgnoreRules, path: string, isFolder: boolean): number {
  const { names, paths, endings, wild } = rules;
  const name = path.slice(path.lastIndexOf('/') + 1);
  let found = -1;
  const look = (map: ReadonlyMap<string, number>, key: string) => {
    found = Math.max(found, map.get(key) ?? -1);
    if (isFolder) found = Math.max(found, map.get(`${key}/`) ?? -1);
  };
  if (names.size > 0) look(names, name);
  if (paths.size > 0) look(paths, path);
  if (endings.size > 0)
    for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1))
      look(endings, name.slice(dot));
  for (let last = wild.length - 1; last >= 0; last--) {
    const { at, isForFolders, isPath, head, tokens } = wild[last] as WildRule;
    if (at < found) break;
    if (isForFolders && !isFolder) continue;
    const text = isPath ? path : name;
    if (text.startsWith(head) && matchesWild(tokens, text.slice(head.length))) return at;
  }
  return found;
}

/** The rest of this part. */
export const ignoring = [readIgnoreRules, withoutEnd, asciiLower, isIgnored, decidingRule];
