// Messages between a search and its workers.

/** The goal of one search. */
export interface SearchTask {
  readonly id: number;
  /** Absolute and real. */
  readonly root: string;
  /** The folders above the root, nearest first, each with the name that leads down from it; none where nothing is ignored. */
  readonly above: readonly { readonly path: string; readonly next: string }[];
  readonly glob: RegExp;
  /** Finds directories too where files are sought: what was asked for by its very name. */
  readonly itself: RegExp;
  readonly comparesPath: boolean;
  /** True if names are compared in the Unicode form NFC: the pattern has more than ASCII. */
  readonly comparesForms: boolean;
  readonly findsDirectories: boolean;
  /** True if `.git` is entered and `.gitignore` unread. */
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

/** Paths of jobs are relative to the search's root; empty, or with a trailing `/`. */
export interface FolderJob {
  readonly kind: 'folder';
  readonly path: string;
  /** Levels of names, those of the folder included, that can hold a match. */
  readonly levels: number;
  /** True if nothing from outside decides about the folders below: then the worker goes on by itself for a while. */
  readonly isFree: boolean;
}

export interface FilesJob {
  readonly kind: 'files';
  readonly path: string;
  readonly names: readonly string[];
}

export type SearchJob = FolderJob | FilesJob;

export interface FolderReport {
  /**
   * Paths below the folder in the order of the walk, with `//` between. Those of directories have a mark at their end: NUL where
   * the directory is to be entered, NUL and `=` where it also matches, NUL and `-` where it matches and that is all.
   */
  readonly names: string;
  /** Directories below that could not be read. */
  readonly unreadable: number;
  /** True if the rules about ignored files left something out. */
  readonly hasIgnored: boolean;
  /** The reason why the folder itself could not be read. */
  readonly failure?: string;
}

export interface FoundLine {
  /** Position among the job's names. */
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
  /**
   * When the regular expression that runs was started, in milliseconds since the epoch, 0 while none runs; then the milliseconds
   * that those before it in the batch took.
   */
  readonly clock: Float64Array;
  readonly isLinux: boolean;
  /** True if git ignores case, as it does where the file system does. */
  readonly foldsCase: boolean;
  readonly separator: string;
  /** Directories that a worker reads by itself in one job. */
  readonly maxFolders: number;
  readonly maxFileBytes: number;
  readonly maxLineLength: number;
}
