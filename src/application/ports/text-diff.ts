export interface TextChange {
  /** As it is to stand in the header. */
  readonly path: string;
  /** Undefined where there was no file. */
  readonly before: string | undefined;
  readonly after: string;
}

/** The effect of a change on a text, as a unified diff with three lines of context; empty if it has none. */
export type TextDiff = (change: TextChange) => Promise<string>;
