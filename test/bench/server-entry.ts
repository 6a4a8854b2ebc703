import { join } from 'node:path';
import { cache } from './paths.ts';
import type { ServerTools } from './tools.ts';

/** A server under test. */
export interface BenchServer {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Its tools; the measures that need more leave it out. */
  readonly tools: ServerTools;
  /** A loop around another program: what needs no tool, its start for one, is not worth a measure. */
  readonly isWrapper?: true;
  /**
   * Environment that lets it answer as much as the others do. Only the measures of file and command tools set it: what
   * starts and echoes is measured as it comes.
   */
  readonly raisedLimits?: Readonly<Record<string, string>>;
}

/** The origin of a server, which says how it is prepared and what to do when it is missing. */
export type Origin =
  | { readonly kind: 'ours'; readonly file: string }
  | { readonly kind: 'source' }
  | { readonly kind: 'compiled'; readonly source: string }
  /** A file of ours around a program of this machine. */
  | { readonly kind: 'program'; readonly program: string; readonly hint: string }
  | { readonly kind: 'npm'; readonly packages: Readonly<Record<string, string>>; readonly entry?: string };

export interface ServerEntry extends BenchServer {
  readonly origin: Origin;
  /** Measured when `--servers` does not choose. */
  readonly byDefault: boolean;
}

/** The folder in the cache that a peer from npm is installed into. */
export const peerFolder = (name: string): string => join(cache, 'peers', name);
