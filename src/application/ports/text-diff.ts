export interface TextChange {
  /** As it is to stand in the header. */
  readonly path: string;
  /** Undefined where there was no file. */
  readonly before: string | undefined;
  readonly after: string;
}

/** What a change does to a text, as a unified diff with three lines of context; empty where it does nothing. */
export type TextDiff = (change: TextChange) => Promise<string>;
