/** What the benchmark looks at in the results of its methods. */
export interface Result {
  readonly tools?: unknown;
  readonly content?: unknown;
  readonly isError?: unknown;
}

export interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: Result;
  readonly error?: { readonly code: number; readonly message: string };
}

/** A line as a message; undefined if it is no JSON object. */
export function parse(line: Buffer): Message | undefined {
  try {
    const value: unknown = JSON.parse(line.toString());
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** All text of a tool's result. */
export function textOf({ content }: Result): string {
  return Array.isArray(content) ? content.map((block) => block.text ?? '').join('\n') : '';
}
