import { type IgnoreRules, type IgnoreState, isIgnored, readIgnoreRules } from './ignore-rules.ts';
import { isNear } from './near-path.ts';
import { absolute, timed, type Work } from './search-work.ts';

// These functions are a part of the worker's program, whose text is made of them: see search-worker.ts.

/** The text as git sees it, each byte a character. */
export function bytesOf(text: string): string {
  return /^[\0-\x7f]*$/.test(text) ? text : Buffer.from(text).toString('latin1');
}

/** The rules for what is in a folder, those of the folder included. @param path as in a job */
function rulesIn(work: Work, path: string): IgnoreRules | undefined {
  const { below } = ignoreState(work);
  if (below.has(path)) return below.get(path);
  const rules = ownRules(work, absolute(work, path), path, rulesAbove(work, path));
  below.set(path, rules);
  return rules;
}

/** The rules for a folder from outside of it. */
export function rulesAbove(work: Work, path: string): IgnoreRules | undefined {
  if (path === '') return ignoreState(work).above;
  return rulesIn(work, path.slice(0, path.lastIndexOf('/', path.length - 2) + 1));
}

/**
 * The rules above with those of a folder. A repository knows nothing of the rules of one around it.
 * @param reach a path to the folder that can't lead elsewhere
 */
export function ownRules(work: Work, reach: string, path: string, above: IgnoreRules | undefined) {
  const excluded = excludedBy(work, reach);
  const texts = [excluded ?? '', readRules(work, `${reach}/.gitignore`)];
  let rules = excluded === undefined ? above : undefined;
  const at = ignoreState(work).prefix + bytesOf(path);
  for (const text of texts) if (text !== '') rules = parse(work, text, at, rules);
  return rules;
}

function parse(work: Work, text: string, path: string, above: IgnoreRules | undefined): IgnoreRules {
  return timed(work, () => readIgnoreRules(text, path, { above, foldsCase: work.settings.foldsCase }));
}

/**
 * The rules above the search's root, up to the root of its repository; nothing where it lies in none, or is itself ignored: whoever
 * names it wants to look into it. Only the files with rules are read of what may lie outside of the allowed directories.
 */
function ignoreState(work: Work): IgnoreState {
  if (work.ignore) return work.ignore;
  const { fs, task } = work;
  const nothing = { prefix: '', above: undefined, below: new Map() };
  work.ignore = nothing;
  if (excludedBy(work, task.root) !== undefined) return nothing;
  const deviceOf = (path: string) => fs.statSync(path, { throwIfNoEntry: false })?.dev;
  const dev = deviceOf(task.root);
  const top = task.above.findIndex(({ path }) => excludedBy(work, path) !== undefined);
  const folders = task.above.slice(0, top + 1).reverse();
  // As git, which looks for no repository beyond a mount point.
  if (folders.some(({ path }) => deviceOf(path) !== dev)) return nothing;
  let rules: IgnoreRules | undefined;
  let at = '';
  for (const { path, next } of folders) {
    const texts = [excludedBy(work, path) ?? '', readRules(work, `${path}/.gitignore`)];
    for (const text of texts) if (text !== '') rules = parse(work, text, at, rules);
    const inner = at + bytesOf(next);
    if (timed(work, () => isIgnored(rules, inner, true))) return nothing;
    at = `${inner}/`;
  }
  work.ignore = { prefix: at, above: rules, below: new Map() };
  return work.ignore;
}

/** The text of `info/exclude` of the repository whose root a folder is; undefined where it is none. */
function excludedBy(work: Work, folder: string): string | undefined {
  const { fs, settings } = work;
  const { separator } = settings;
  try {
    const git = gitFolder(work, folder);
    if (git === undefined) return undefined;
    if (!isNear(work, `${git}/info/exclude`)) return '';
    try {
      const file = fs.realpathSync.native(`${git}/info/exclude`);
      // Links may lead anywhere, but outside of the repository nothing but such a file is read.
      const isWithin = file.startsWith(fs.realpathSync.native(folder) + separator);
      return isWithin || file.endsWith(`${separator}info${separator}exclude`) ? readRules(work, file) : '';
    } catch {
      return ''; // there is none, or none that may be looked at
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return undefined;
  }
}

/** The folder that a repository shares with its worktrees, as git's setup.c finds it: by `.git`, or by what a file `.git` names. */
function gitFolder(work: Work, folder: string): string | undefined {
  const { fs, settings } = work;
  const own = `${folder}/.git`;
  const whole = settings.separator === '\\' ? /^(?:[/\\]|[A-Za-z]:)/ : /^\//;
  const resolve = (from: string, path: string) => (whole.test(path) ? path : `${from}/${path}`);
  const statOf = (path: string) =>
    isNear(work, path) ? fs.statSync(path, { throwIfNoEntry: false }) : undefined;
  const lineOf = (file: string) => {
    const stats = statOf(file);
    return stats?.isFile() && stats.size < 65_536
      ? fs.readFileSync(file, 'utf8').replace(/[\r\n]+$/, '')
      : '';
  };
  // Most folders have none.
  const stats = fs.lstatSync(own, { throwIfNoEntry: false }) && statOf(own);
  if (stats === undefined) return undefined;
  const named = stats.isDirectory() ? own : /^gitdir: (.+)$/s.exec(lineOf(own))?.[1];
  if (named === undefined) return undefined;
  const git = stats.isDirectory() ? own : resolve(folder, named);
  if (!isNear(work, git)) return undefined;
  const head = `${git}/HEAD`;
  const headStats = fs.lstatSync(head, { throwIfNoEntry: false });
  const isHead = headStats?.isSymbolicLink()
    ? fs.readlinkSync(head).startsWith('refs/')
    : headStats?.isFile() && /^(?:ref:\s*refs\/|[\da-f]{40})/.test(lineOf(head));
  if (!isHead) return undefined;
  const shared = lineOf(`${git}/commondir`);
  const common = shared === '' ? git : resolve(git, shared);
  const has = (name: string) => statOf(`${common}/${name}`)?.isDirectory();
  return has('objects') && has('refs') ? common : undefined;
}

/** The text of a file with rules, each byte a character; empty where there is none, or none that may be read: git has it so too. */
function readRules({ fs }: Work, file: string): string {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = fs.constants;
  let descriptor: number | undefined;
  try {
    if (!fs.lstatSync(file, { throwIfNoEntry: false })?.isFile()) return '';
    descriptor = fs.openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    const stats = fs.fstatSync(descriptor);
    // Nobody writes as many.
    return stats.isFile() && stats.size <= 1_048_576 ? fs.readFileSync(descriptor, 'latin1') : '';
  } catch {
    return '';
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor);
  }
}

/** The rest of this part. */
export const workOnIgnored = [
  bytesOf,
  rulesIn,
  rulesAbove,
  ownRules,
  parse,
  ignoreState,
  excludedBy,
  gitFolder,
  isNear,
  readRules,
];
