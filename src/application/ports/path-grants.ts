import type { RequestContext } from '../request-context.ts';

/** Where a caller may go in the file system. */
export interface PathGrant {
  /** Absolute real paths of directories that exist; none: nowhere. */
  readonly directories: readonly string[];
  /** How to allow one, or another one, for whoever is refused; where there are none, why. */
  readonly advice: string;
}

/** Who may go where: configured directories, else the client's roots, else the working directory (design: "Paths"). */
export interface PathGrants {
  of(context: RequestContext): Promise<PathGrant>;
}
