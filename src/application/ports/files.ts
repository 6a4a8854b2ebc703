import type { PathGrant } from './path-grants.ts';

/** A regular file, open for reading, that the path policy has let through: by name, by real path and as opened. */
export interface OpenFile {
  /** Absolute, as the caller named it: `~` expanded, normalized, links not resolved. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** It takes less room than its size: it may have holes, which read as zeros. */
  readonly isSparse?: boolean;
  /** ISO 8601, UTC. */
  readonly modified: string;
  /** The bytes from `start` on, to the end of the file. A chunk is the reader's until it asks for the next or closes the file. */
  chunks(start?: number): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

export type WriteMode = 'overwrite' | 'create' | 'append';

export interface WriteRequest {
  readonly path: string;
  readonly content: Uint8Array;
  readonly mode: WriteMode;
  /** Make the missing directories above it. */
  readonly createDirectories: boolean;
  /** Check everything and change nothing: the report says what would have been done, with no bytes written. */
  readonly dryRun: boolean;
}

export interface WriteReport {
  /** Absolute, as the caller named it. */
  readonly path: string;
  readonly bytesWritten: number;
  /** True if there was no file before. */
  readonly created: boolean;
  /** True if a reader saw either all of the old content or all of the new. */
  readonly atomic: boolean;
}

/**
 * Single files, each access under the path policy.
 * Refusals are DomainErrors: `path.outside`, `path.sensitive`, `path.invalid`, `path.ambiguous`, `resource.uri-invalid`,
 * `file.not-found`, `file.not-regular`, `file.not-directory`, `file.exists`, `file.denied`, `file.too-large`, `file.failed`; their
 * messages name the path, what to try, and no host path beyond that but those of the allowed directories.
 */
export interface Files {
  open(path: string, grant: PathGrant): Promise<OpenFile>;
  /** Nothing is touched unless all checks pass. */
  write(request: WriteRequest, grant: PathGrant, signal: AbortSignal): Promise<WriteReport>;
  /** The real path of an allowed directory; without a path, the first one allowed. */
  directory(path: string | undefined, grant: PathGrant): Promise<string>;
  /** Calls back when the file's content may have changed, atomic saves included, until the returned function is called. */
  watch(path: string, grant: PathGrant, onChange: () => void): Promise<() => void>;
}
