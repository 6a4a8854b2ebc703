/** The members that the benchmark looks at in the results of its methods. */
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

const LONG_BYTES = 16_384;
const EDGE_BYTES = 64;
const ID_FIRST = /^\{(?:"jsonrpc":"2\.0",)?"id":(\d+),(?:"jsonrpc":"2\.0",)?"(?:result|error)":/;
const ID_LAST = /,"id":(\d+)(?:,"jsonrpc":"2\.0")?\}$/;
const ANSWER_FIRST = /^\{(?:"jsonrpc":"2\.0",)?"(?:result|error)":/;

/**
 * The id of an answer; undefined for what is none. A long line is not parsed for it, since megabytes of JSON would hold up
 * what is being timed: its id is looked for at its beginning, then at its end, and only then by parsing.
 */
export function answeredId(line: Buffer): number | undefined {
  return (line.length > LONG_BYTES ? idAtAnEdge(line) : undefined) ?? parsedId(line);
}

function idAtAnEdge(line: Buffer): number | undefined {
  const head = line.toString('latin1', 0, EDGE_BYTES);
  const tail = () => line.toString('latin1', line.length - EDGE_BYTES);
  const id = ID_FIRST.exec(head)?.[1] ?? (ANSWER_FIRST.test(head) ? ID_LAST.exec(tail())?.[1] : undefined);
  return id === undefined ? undefined : Number(id);
}

function parsedId(line: Buffer): number | undefined {
  const message = parse(line);
  return message?.method === undefined ? message?.id : undefined;
}

/** The result of an answer. Throws when it is an error, or no answer to a request at all. */
export function resultOf(line: Buffer): Result {
  const { result, error } = parse(line) ?? {};
  if (result !== undefined) return result;
  throw new Error(error ? `${error.code} ${error.message}` : 'no result');
}

/** All text of a tool's result. */
export function textOf({ content }: Result): string {
  return Array.isArray(content) ? content.map((block) => block.text ?? '').join('\n') : '';
}
