import type { RequestContext } from '../request-context.ts';

/** The places where a caller may go in the file system. */
export interface PathGrant {
  /** Absolute real paths of directories that exist; none: nowhere. */
  readonly directories: readonly string[];
  /** Advice for whoever is refused: how to allow a directory, or another one; if there are none, the reason. */
  readonly advice: string;
}

/**
 * The directories that a caller may use: configured directories, else the client's roots, else the working directory (design:
 * "Paths").
 */
export interface PathGrants {
  of(context: RequestContext): Promise<PathGrant>;
}

/** Grants that go by what the client tells. */
export interface RootGrants extends PathGrants {
  /**
   * Looks directories up when a client tells that it works in them: a link that is put in the place of one later changes nothing.
   * Never rejects.
   * @param roots `file:` URIs
   */
  pinRoots(roots: readonly string[]): Promise<void>;
}
