/** Something that a path leads to. */
export interface FoundThing {
  readonly kind: 'file' | 'directory' | 'other';
  /** Permission bits; undefined on Windows, where they say nothing. */
  readonly mode: number | undefined;
}

/** The machine as the configuration sees it: handed in, so that nothing here reads global state. */
export interface ConfigurationHost {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** Absolute, or undefined where a user has none. */
  readonly homeDirectory: string | undefined;
  readonly workingDirectory: string;
  /** True if something has this name, be it a link that leads nowhere, or if that can't be found out. Synchronous, for it costs least. */
  exists(path: string): boolean;
  /** The thing at a path, links followed; undefined where there is none that can be looked at. Synchronous, as `exists`. */
  look(path: string): FoundThing | undefined;
  /** True if this user may write a file, or make something in a directory, as far as can be told without doing it. */
  isWritable(path: string): boolean;
  /** The file's bytes, at most `limit` of them; rejects with an error that has the system's `code`. */
  read(path: string, limit: number): Promise<Uint8Array>;
  /**
   * Writes a file that only this user may read, and the folders it needs; rejects with an error that has the system's `code`:
   * EEXIST for one that is there and not to be replaced.
   */
  write(path: string, text: string, options: { readonly replace: boolean }): Promise<void>;
}
