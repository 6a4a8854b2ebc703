import type * as FileSystem from 'node:fs';
import type { Dirent } from 'node:fs';
import type * as Threads from 'node:worker_threads';

/** What one search looks for. */
export interface SearchTask {
  readonly id: number;
  /** Absolute and real. */
  readonly root: string;
  readonly glob: RegExp;
  readonly comparesPath: boolean;
  readonly findsDirectories: boolean;
  /** Whether `.git` is entered and `.gitignore` unread. */
  readonly includeIgnored: boolean;
  readonly content?: ContentTask;
}

export interface ContentTask {
  /** Matched against one line. */
  readonly line: RegExp;
  /** Global; finds nothing in a text none of whose lines matches. Absent where that can't be promised. */
  readonly text?: RegExp;
  /** In every line that matches. */
  readonly literal?: string;
  readonly contextLines: number;
  /** Matches of one file that are enough. */
  readonly limit: number;
}

/** A directory to read or files of one directory to look into. `path` is relative; empty, or with a trailing `/`. */
export type SearchJob =
  | { readonly kind: 'folder'; readonly path: string; readonly isEntered: boolean }
  | { readonly kind: 'files'; readonly path: string; readonly names: readonly string[] };

export interface FolderReport {
  /** In order, with `/` between; a directory's name is followed by NUL, and by NUL and `=` where it matches. */
  readonly names: string;
  readonly isRepository: boolean;
  /** The text of `.git/info/exclude` and `.gitignore`, where there is any. */
  readonly ignore: string;
  /** Why it could not be read. */
  readonly failure?: string;
}

export interface FoundLine {
  /** Which of the job's names. */
  readonly file: number;
  /** From 1. */
  readonly line: number;
  readonly text: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export interface FilesReport {
  readonly found: readonly FoundLine[];
  readonly unreadable: number;
  readonly binary: number;
  readonly tooLarge: number;
}

export interface SearchBatch {
  readonly task: SearchTask;
  readonly jobs: readonly SearchJob[];
}

export interface BatchReport {
  readonly reports: readonly (FolderReport | FilesReport)[];
  /** Milliseconds that regular expressions took. */
  readonly matching: number;
}

export interface WorkerSettings {
  /** When the regular expression that runs was started, in milliseconds since the epoch; 0 while none runs. */
  readonly clock: Float64Array;
  readonly isLinux: boolean;
  readonly separator: string;
  readonly maxFileBytes: number;
  readonly maxLineLength: number;
}

/** A search's work as one worker has it. */
interface Work {
  readonly fs: typeof FileSystem;
  readonly settings: WorkerSettings;
  task: SearchTask;
  literal: Buffer | undefined;
  /** Grows to the largest file. */
  buffer: Buffer;
  matching: number;
}

/**
 * The worker's program. It is made of the functions below as text, because a single executable has no second file to load: they
 * may name each other and globals, and nothing else of this or any other module. It reads synchronously: nothing else waits.
 */
export const searchWorkerSource = () => {
  const functions = [readFolder, readIgnore, lookIntoFiles, readWhole, linesOf, surroundings, cut, timed];
  const checks = [absolute, requireFolder, isStillThere];
  return `'use strict';${[...functions, ...checks].join('\n')}
(${serve})(require('node:worker_threads'), require('node:fs'));`;
};

function serve({ parentPort, workerData }: typeof Threads, fs: typeof FileSystem): void {
  let work: Work | undefined;
  parentPort?.on('message', ({ task, jobs }: SearchBatch) => {
    if (work?.task.id !== task.id) {
      const buffer = work?.buffer ?? Buffer.allocUnsafeSlow(65_536);
      const literal = task.content?.literal === undefined ? undefined : Buffer.from(task.content.literal);
      work = { fs, settings: workerData, task, literal, buffer, matching: 0 };
    }
    const current = work;
    current.matching = 0;
    const reports = jobs.map((job) =>
      job.kind === 'folder'
        ? readFolder(current, job.path, job.isEntered)
        : lookIntoFiles(current, job.path, job.names),
    );
    parentPort.postMessage({ reports, matching: current.matching } satisfies BatchReport);
  });
}

function absolute({ task, settings }: Work, path: string): string {
  const { separator } = settings;
  const root = task.root.endsWith(separator) ? task.root : task.root + separator;
  return root + (separator === '/' ? path : path.replaceAll('/', separator));
}

/** Names that match, directories to enter and rules about what to ignore. */
function readFolder(work: Work, path: string, isEntered: boolean): FolderReport {
  const { fs, settings, task } = work;
  const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = fs.constants;
  const real = path === '' ? task.root : absolute(work, path.slice(0, -1));
  let descriptor: number | undefined;
  try {
    if (settings.isLinux) descriptor = fs.openSync(real, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    const reach = descriptor === undefined ? real : `/proc/self/fd/${descriptor}`;
    const found = fs.readdirSync(reach, { withFileTypes: true });
    const names: string[] = [];
    let isRepository = false;
    let hasRules = false;
    timed(work, () => {
      for (const entry of found) {
        const { name } = entry;
        if (name === '.git') isRepository = true;
        if (name === '.gitignore') hasRules = true;
        if (name === '.git' && !task.includeIgnored) continue;
        const isDirectory = entry.isDirectory();
        const isSought = task.findsDirectories ? isDirectory : !isDirectory;
        if (!(isSought || (isDirectory && isEntered))) continue;
        if (task.content && !isDirectory && !entry.isFile()) continue;
        const isMatch = isSought && task.glob.test(task.comparesPath ? path + name : name);
        if (isDirectory && (isEntered || isMatch)) names.push(isMatch ? `${name}\0=` : `${name}\0`);
        else if (!isDirectory && isMatch) names.push(name);
      }
    });
    if (names.length > 0) requireFolder(work, real, reach);
    const ignore = task.includeIgnored || !(isRepository || hasRules) ? '' : readIgnore(work, reach, found);
    return { names: names.sort().join('/'), isRepository, ignore };
  } catch (error) {
    const failure = String((error as NodeJS.ErrnoException).code ?? error);
    return { names: '', isRepository: false, ignore: '', failure };
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor);
  }
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

function lookIntoFiles(work: Work, path: string, names: readonly string[]): FilesReport {
  const { fs, literal, task } = work;
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = fs.constants;
  const folder = absolute(work, path);
  const found: FoundLine[] = [];
  const skipped = { unreadable: 0, binary: 0, tooLarge: 0 };
  for (const [file, name] of names.entries()) {
    let descriptor: number | undefined;
    try {
      descriptor = fs.openSync(folder + name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
      const size = readWhole(work, descriptor);
      if (size === undefined) {
        skipped.tooLarge += 1;
        continue;
      }
      const bytes = work.buffer.subarray(0, size);
      if (literal !== undefined && bytes.indexOf(literal) === -1) continue;
      if (work.buffer.subarray(0, Math.min(size, 8192)).includes(0)) {
        skipped.binary += 1;
        continue;
      }
      const text = bytes.toString();
      const lines = timed(work, () => linesOf(work, text.charCodeAt(0) === 0xfeff ? text.slice(1) : text));
      if (lines.length > 0 && !isStillThere(work, folder + name, descriptor)) skipped.unreadable += 1;
      else for (const line of lines) found.push({ file, ...line });
      if (found.length > (task.content?.limit ?? 0)) break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
      skipped.unreadable += 1;
    } finally {
      if (descriptor !== undefined) fs.closeSync(descriptor);
    }
  }
  return { found, ...skipped };
}

/** Reads a file into the buffer; tells how much there is, or undefined where it is too much. */
function readWhole(work: Work, descriptor: number): number | undefined {
  const { fs, settings } = work;
  let size = fs.readSync(descriptor, work.buffer, 0, work.buffer.length, null);
  while (size === work.buffer.length) {
    if (size > settings.maxFileBytes) return undefined;
    const stats = fs.fstatSync(descriptor);
    if (!stats.isFile() || stats.size > settings.maxFileBytes) return undefined;
    const larger = Buffer.allocUnsafeSlow(Math.max(stats.size, size) + 65_536);
    work.buffer.copy(larger, 0, 0, size);
    work.buffer = larger;
    size += fs.readSync(descriptor, larger, size, larger.length - size, null);
  }
  return size;
}

/** The lines that match, each once. */
function linesOf({ task, settings }: Work, text: string): Omit<FoundLine, 'file'>[] {
  const found: Omit<FoundLine, 'file'>[] = [];
  const { content } = task;
  if (content === undefined) return found;
  let number = 1;
  let counted = 0;
  for (let at = 0; at < text.length && found.length <= content.limit; ) {
    let hit = at;
    if (content.text) {
      content.text.lastIndex = at;
      const match = content.text.exec(text);
      if (match === null) break;
      hit = match.index;
    }
    const start = hit === 0 ? 0 : text.lastIndexOf('\n', hit - 1) + 1;
    const newline = text.indexOf('\n', hit);
    const end = newline === -1 ? text.length : newline;
    if (start === text.length) break; // behind the last line's end
    const line = text.slice(start, text.charCodeAt(end - 1) === 13 && end > start ? end - 1 : end);
    const match = content.line.exec(line);
    if (match !== null) {
      for (
        let next = text.indexOf('\n', counted);
        next !== -1 && next < start;
        next = text.indexOf('\n', counted)
      ) {
        number += 1;
        counted = next + 1;
      }
      const around = surroundings(text, start, end, content.contextLines, settings.maxLineLength);
      found.push({ line: number, text: cut(line, match.index, settings.maxLineLength), ...around });
    }
    at = end + 1;
  }
  return found;
}

/** The lines before and after one, nearest in the middle. */
function surroundings(text: string, start: number, end: number, lines: number, length: number) {
  const before: string[] = [];
  const after: string[] = [];
  for (let to = start - 1; before.length < lines && to >= 0; ) {
    const from = to === 0 ? 0 : text.lastIndexOf('\n', to - 1) + 1;
    before.unshift(cut(text.slice(from, to).replace(/\r$/, ''), 0, length));
    to = from - 1;
  }
  for (let from = end + 1; after.length < lines && from < text.length; ) {
    const newline = text.indexOf('\n', from);
    const to = newline === -1 ? text.length : newline;
    after.push(cut(text.slice(from, to).replace(/\r$/, ''), 0, length));
    from = to + 1;
  }
  return { before, after };
}

/** A line of at most so many characters, around what matched. */
function cut(line: string, at: number, length: number): string {
  if (line.length <= length) return line;
  const from = Math.max(0, Math.min(at - Math.floor(length / 4), line.length - length));
  const part = line.slice(from, from + length).replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '');
  return `${from > 0 ? '…' : ''}${part}${from + length < line.length ? '…' : ''}`;
}

/** Lets the outside see how long a regular expression has been running. */
function timed<T>(work: Work, match: () => T): T {
  const { clock } = work.settings;
  const started = performance.now();
  clock[0] = performance.timeOrigin + started;
  try {
    return match();
  } finally {
    clock[0] = 0;
    work.matching += performance.now() - started;
  }
}

/** Refuses a directory that is no longer the one that was meant. */
function requireFolder({ fs, settings }: Work, real: string, reach: string): void {
  const opened = settings.isLinux ? fs.readlinkSync(reach) : fs.realpathSync.native(real);
  if (opened !== real) throw Object.assign(new Error('Expected a directory to stay'), { code: 'ESTALE' });
}

/** Whether what was read is the regular file at this path, reached without a link. */
function isStillThere({ fs, settings }: Work, path: string, descriptor: number): boolean {
  const opened = fs.fstatSync(descriptor, { bigint: true });
  if (!opened.isFile()) return false;
  if (settings.isLinux) return fs.readlinkSync(`/proc/self/fd/${descriptor}`) === path;
  const there = fs.lstatSync(path, { bigint: true });
  return fs.realpathSync.native(path) === path && there.dev === opened.dev && there.ino === opened.ino;
}
