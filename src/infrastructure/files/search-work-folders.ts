import type { Dirent } from 'node:fs';
import type { FolderJob, FolderReport } from './search-messages.ts';
import { absolute, timed, type Work } from './search-work.ts';

// These functions are a part of the worker's program, whose text is made of them: see search-worker.ts.

/** A directory as it was read. */
interface ReadFolder {
  /** In order, marked as in a report. */
  readonly names: readonly string[];
  readonly isRepository: boolean;
  readonly hasRules: boolean;
  readonly ignore: string;
}

/** What was found below a folder so far. */
interface Descent {
  readonly names: string[];
  /** Directories that may still be read. */
  left: number;
  unreadable: number;
}

/** Names that match, directories to enter, and rules about what to ignore. */
export function readFolders(work: Work, { path, levels, isFree }: FolderJob): FolderReport {
  const top = tryFolder(work, path, levels > 1);
  if (typeof top === 'string')
    return { names: '', unreadable: 0, isRepository: false, ignore: '', failure: top };
  const { isRepository, hasRules, ignore } = top;
  const descent = { names: [], left: isFree && !hasRules ? work.settings.maxFolders : 0, unreadable: 0 };
  descend(work, descent, { path, below: '', levels }, top.names);
  return { names: descent.names.join('//'), unreadable: descent.unreadable, isRepository, ignore };
}

/** Goes through names in order and into directories, as far as it may; the others are for the one who asked. */
function descend(
  work: Work,
  descent: Descent,
  { path, below, levels }: { path: string; below: string; levels: number },
  names: readonly string[],
): void {
  for (const marked of names) {
    const mark = marked.indexOf('\0');
    const isEntered = mark !== -1 && !marked.endsWith('-', mark + 2) && descent.left > 0;
    const inner = isEntered ? `${below}${marked.slice(0, mark)}/` : '';
    const folder = isEntered ? tryFolder(work, path + inner, levels > 2) : undefined;
    if (isEntered) descent.left -= 1;
    if (folder === undefined || (typeof folder !== 'string' && folder.hasRules)) {
      descent.names.push(below + marked);
      continue;
    }
    if (marked.endsWith('=')) descent.names.push(`${inner.slice(0, -1)}\0-`);
    if (typeof folder === 'string') descent.unreadable += 1;
    else descend(work, descent, { path, below: inner, levels: levels - 1 }, folder.names);
  }
}

/** The folder, or why it could not be read. */
function tryFolder(work: Work, path: string, isDeeper: boolean): ReadFolder | string {
  const { fs, settings, task } = work;
  const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = fs.constants;
  const real = path === '' ? task.root : absolute(work, path.slice(0, -1));
  let descriptor: number | undefined;
  try {
    if (settings.isLinux) descriptor = fs.openSync(real, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    const reach = descriptor === undefined ? real : `/proc/self/fd/${descriptor}`;
    const entries = fs.readdirSync(reach, { withFileTypes: true });
    const { names, isShown, isRepository, hasRules } = timed(work, () =>
      markedNames(work, path, entries, isDeeper),
    );
    // Names that only lead on need no check: what they lead to is checked itself.
    if (isShown || hasRules) requireFolder(work, real, reach);
    const ignore = hasRules ? readIgnore(work, reach, entries) : '';
    return { names, isRepository, hasRules, ignore };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return code;
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor);
  }
}

function markedNames({ task }: Work, path: string, entries: readonly Dirent[], isDeeper: boolean) {
  const { glob, comparesPath, findsDirectories, includeIgnored, content } = task;
  const names: string[] = [];
  let isShown = false;
  let isRepository = false;
  let hasRules = false;
  for (const entry of entries) {
    const { name } = entry;
    const isGit = name === '.git';
    isRepository ||= isGit;
    hasRules ||= !includeIgnored && (isGit || name === '.gitignore');
    if (isGit && !includeIgnored) continue;
    const isDirectory = entry.isDirectory();
    const isSought = isDirectory === findsDirectories && (!content || entry.isFile());
    const isMatch = isSought && glob.test(comparesPath ? path + name : name);
    isShown ||= isMatch;
    if (!isDirectory && isMatch) names.push(name);
    else if (isDirectory && isDeeper) names.push(isMatch ? `${name}\0=` : `${name}\0`);
    else if (isDirectory && isMatch) names.push(`${name}\0-`);
  }
  return { names: names.sort(), isShown, isRepository, hasRules };
}

/** Of git's rules, those kept with the repository come before those of the folder, which win. */
function readIgnore({ fs }: Work, reach: string, found: readonly Dirent[]): string {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = fs.constants;
  const read = (file: string) => {
    let descriptor: number | undefined;
    try {
      descriptor = fs.openSync(`${reach}/${file}`, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
      const stats = fs.fstatSync(descriptor);
      return stats.isFile() && stats.size <= 1_048_576 ? fs.readFileSync(descriptor, 'utf8') : '';
    } catch {
      return ''; // no such file, or none that may be read: no rules, as git has it
    } finally {
      if (descriptor !== undefined) fs.closeSync(descriptor);
    }
  };
  const has = (name: string, kind: 'isFile' | 'isDirectory') =>
    found.some((entry) => entry.name === name && entry[kind]());
  const kept = has('.git', 'isDirectory') ? read('.git/info/exclude') : '';
  const own = has('.gitignore', 'isFile') ? read('.gitignore') : '';
  return kept === '' || own === '' ? kept + own : `${kept}\n${own}`;
}

/** Refuses a directory that is no longer the one that was meant. */
function requireFolder({ fs, settings }: Work, real: string, reach: string): void {
  const opened = settings.isLinux ? fs.readlinkSync(reach) : fs.realpathSync.native(real);
  if (opened !== real) throw Object.assign(new Error('Expected a directory to stay'), { code: 'ESTALE' });
}

/** The rest of this part. */
export const workOnFolders = [descend, tryFolder, markedNames, readIgnore, requireFolder];
