import type { Dirent } from 'node:fs';
import type { FolderJob, FolderReport } from '../search-messages.ts';
import { type IgnoreRules, isIgnored } from './ignore-rules.ts';
import { absolute, timed, type Work } from './search-work.ts';
import { bytesOf, ownRules, rulesAbove } from './work-on-ignored.ts';

// These functions are a part of the worker's program, whose text is made of them: see search-worker.ts.

/** A directory as it was read. */
interface ReadFolder {
  /** In order, marked as in a report. */
  readonly names: readonly string[];
  /** For what is in it. */
  readonly rules: IgnoreRules | undefined;
  readonly hasIgnored: boolean;
  /** Directories and searched files in it whose names are no UTF-8: by its text, such a name would lead to another. */
  readonly nameless: number;
}

/** A directory to read. */
interface ToRead {
  /** As in a job. */
  readonly path: string;
  readonly isDeeper: boolean;
  /** From outside of it. */
  readonly above: IgnoreRules | undefined;
}

/** The findings below a folder so far. */
interface Descent {
  readonly names: string[];
  /** Directories that may still be read. */
  left: number;
  unreadable: number;
  hasIgnored: boolean;
}

/** Names that match and directories to enter. */
export function readFolders(work: Work, { path, levels, isFree }: FolderJob): FolderReport {
  const above = work.task.includeIgnored ? undefined : rulesAbove(work, path);
  const top = tryFolder(work, { path, isDeeper: levels > 1, above });
  if (typeof top === 'string') return { names: '', unreadable: 0, hasIgnored: false, failure: top };
  const left = isFree ? work.settings.maxFolders : 0;
  const descent = { names: [], left, unreadable: 0, hasIgnored: false };
  descend(work, descent, { path, below: '', levels }, top);
  const { names, unreadable, hasIgnored } = descent;
  return { names: names.join('//'), unreadable, hasIgnored };
}

/** Goes through names in order and into directories, as far as it may; the others are for the one who asked. */
function descend(
  work: Work,
  descent: Descent,
  { path, below, levels }: { path: string; below: string; levels: number },
  { names, rules, hasIgnored, nameless }: ReadFolder,
): void {
  descent.hasIgnored ||= hasIgnored;
  descent.unreadable += nameless;
  for (const marked of names) {
    const mark = marked.indexOf('\0');
    const isDirectory = mark !== -1 && !marked.endsWith('-', mark + 2);
    if (!isDirectory || descent.left === 0) {
      // The read of that folder will ask for the same rules.
      if (isDirectory && !work.task.includeIgnored) work.ignore?.below.set(path + below, rules);
      descent.names.push(below + marked);
      continue;
    }
    const inner = `${below}${marked.slice(0, mark)}/`;
    descent.left -= 1;
    if (marked.endsWith('=')) descent.names.push(`${inner.slice(0, -1)}\0-`);
    const folder = tryFolder(work, { path: path + inner, isDeeper: levels > 2, above: rules });
    if (typeof folder === 'string') descent.unreadable += 1;
    else descend(work, descent, { path, below: inner, levels: levels - 1 }, folder);
  }
}

/** The folder, or why it could not be read. */
function tryFolder(work: Work, { path, isDeeper, above }: ToRead): ReadFolder | string {
  const { fs, settings, task } = work;
  const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = fs.constants;
  const real = path === '' ? task.root : absolute(work, path.slice(0, -1));
  let descriptor: number | undefined;
  try {
    if (settings.isLinux) descriptor = fs.openSync(real, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    const reach = descriptor === undefined ? real : `/proc/self/fd/${descriptor}`;
    const entries = fs.readdirSync(reach, { withFileTypes: true, encoding: 'latin1' as 'utf8' });
    const hasRules =
      !task.includeIgnored && entries.some(({ name }) => name === '.gitignore' || isGit(work, name));
    const rules = hasRules ? ownRules(work, reach, path, above) : above;
    const { names, isShown, hasIgnored, nameless } = timed(work, () =>
      markedNames(work, path, entries, { isDeeper, rules }),
    );
    // Names that only lead on need no check: what they lead to is checked itself.
    if (isShown || hasRules) requireFolder(work, real, reach);
    return { names, rules, hasIgnored, nameless };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return code;
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor);
  }
}

/** @param entries their names byte by byte, as git compares them */
function markedNames(
  work: Work,
  path: string,
  entries: readonly Dirent[],
  { isDeeper, rules }: { isDeeper: boolean; rules: IgnoreRules | undefined },
) {
  const { glob, itself, comparesPath, comparesForms, findsDirectories, includeIgnored, content } = work.task;
  const before = rules ? (work.ignore?.prefix ?? '') + bytesOf(path) : '';
  const names: string[] = [];
  let isShown = false;
  let hasIgnored = false;
  let nameless = 0;
  for (const entry of entries) {
    if (!includeIgnored && isGit(work, entry.name)) continue;
    const name = /^[\0-\x7f]*$/.test(entry.name) ? entry.name : Buffer.from(entry.name, 'latin1').toString();
    const isDirectory = entry.isDirectory();
    const whole = comparesPath ? path + name : name;
    const compared = comparesForms ? whole.normalize('NFC') : whole;
    const isSought = isDirectory
      ? findsDirectories || !content
      : !findsDirectories && (!content || entry.isFile());
    const isMatch = isSought && (isDirectory && !findsDirectories ? itself : glob).test(compared);
    if (!isMatch && !(isDirectory && isDeeper)) continue;
    if (rules && isIgnored(rules, before + entry.name, isDirectory)) {
      hasIgnored = true;
      continue;
    }
    isShown ||= isMatch;
    const isNameless = name.includes('\ufffd') && bytesOf(name) !== entry.name;
    if (isNameless && (isDirectory ? isDeeper : content)) {
      nameless += 1;
      if (isMatch && isDirectory) names.push(`${name}\0-`);
    } else if (!isDirectory) names.push(name);
    else if (isDeeper) names.push(isMatch ? `${name}\0=` : `${name}\0`);
    else names.push(`${name}\0-`);
  }
  return { names: names.sort(), isShown, hasIgnored, nameless };
}

function isGit({ settings }: Work, name: string): boolean {
  return name === '.git' || (settings.foldsCase && name.length === 4 && name.toLowerCase() === '.git');
}

/** Refuses a directory that is no longer the one that was meant. */
function requireFolder({ fs, settings }: Work, real: string, reach: string): void {
  const opened = settings.isLinux ? fs.readlinkSync(reach) : fs.realpathSync.native(real);
  if (opened !== real) throw Object.assign(new Error('Expected a directory to stay'), { code: 'ESTALE' });
}

/** The rest of this part. */
export const workOnFolders = [readFolders, descend, tryFolder, markedNames, isGit, requireFolder];
