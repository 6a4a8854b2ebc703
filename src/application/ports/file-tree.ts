import type { PathGrant } from './path-grants.ts';

export type EntryType = 'file' | 'directory' | 'symlink' | 'other';

/** A type, as a result's part has to be: an interface could come to be of more than JSON. */
export type Entry = {
  /** Relative to what was listed, with `/`. */
  readonly path: string;
  readonly type: EntryType;
  /** Bytes; with details only. */
  readonly size?: number;
  /** ISO 8601, UTC; with details only. */
  readonly modified?: string;
};

export interface ListRequest {
  readonly path: string;
  readonly recursive: boolean;
  /** Levels below the directory; absent: all. */
  readonly maxDepth?: number;
  readonly includeHidden: boolean;
  readonly details: boolean;
  readonly limit: number;
  /** The path of the last entry of the page before. */
  readonly after?: string;
  /** Entries of that very path that were told already, by default one: names that are no UTF-8 can look alike. */
  readonly told?: number;
}

export interface Listing {
  /** Absolute, as the caller named it. */
  readonly path: string;
  /** In the order of their paths' components, by code unit: the same for every page. */
  readonly entries: readonly Entry[];
  readonly truncated: boolean;
  /** Directories that could not be read, relative. */
  readonly unreadable: readonly string[];
}

export interface SearchRequest {
  /** Of a directory, or of the one file to search. */
  readonly path: string;
  /**
   * The owners of the search, widest first: the principal, then its client. Resources that searches wait for are shared fairly on each
   * level.
   */
  readonly owners: readonly string[];
  /** A glob, or the very path of something there; without `/` it matches names at any depth. */
  readonly pattern: string;
  /** A regular expression to find in the files. */
  readonly content?: string;
  readonly caseSensitive: boolean;
  /** Lines before and after a match. */
  readonly contextLines: number;
  readonly includeIgnored: boolean;
  readonly limit: number;
}

/** A type for the same reason. */
export type Match = {
  readonly path: string;
  /** From 1; with content only. */
  readonly line?: number;
  readonly text?: string;
  readonly before?: readonly string[];
  readonly after?: readonly string[];
};

export interface SearchReport {
  readonly matches: readonly Match[];
  readonly truncated: boolean;
  /** Files and directories passed over, by reason: `unreadable`, `binary`, `too_large`. */
  readonly skipped: Readonly<Record<string, number>>;
  /** True if the rules about ignored files left something out. */
  readonly hasIgnored?: boolean;
  /** The reason why nothing could be found. */
  readonly note?: string;
}

/** Directories and what is below them, each access under the path policy. Refusals as in `Files`. */
export interface FileTree {
  list(request: ListRequest, grant: PathGrant, signal: AbortSignal): Promise<Listing>;
  search(request: SearchRequest, grant: PathGrant, signal: AbortSignal): Promise<SearchReport>;
  /** Paths that begin so, directories with a separator at their end; at most 100. */
  complete(prefix: string, grant: PathGrant): Promise<readonly string[]>;
}
