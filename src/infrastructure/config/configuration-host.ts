/** The machine as the configuration sees it: handed in, so that nothing here reads global state. */
export interface ConfigurationHost {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** Absolute, or undefined where a user has none. */
  readonly homeDirectory: string | undefined;
  readonly workingDirectory: string;
  /** True if something is there; a place that can't be looked at counts as empty. Synchronous, for it costs least. */
  exists(path: string): boolean;
  /** True if it is a directory, or a link to one; synchronous, as `exists`. */
  isDirectory(path: string): boolean;
  /** The file's bytes, at most `limit` of them; rejects with an error that has the system's `code`. */
  read(path: string, limit: number): Promise<Uint8Array>;
  /**
   * Writes a file that only this user may read, and the folders it needs; rejects with an error that has the system's `code`:
   * EEXIST for one that is there and not to be replaced.
   */
  write(path: string, text: string, options: { readonly replace: boolean }): Promise<void>;
}
