/** One call of a tool. */
export interface ToolCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** For a tool that answers in pieces: what to call after an answer with this text; undefined when it was the last. */
  readonly next?: (text: string) => ToolCall | undefined;
}

/** The calls that get one and the same thing from every server that has a tool for it. */
export interface ServerTools {
  /** A tool `echo` that takes `message`; `prefix` is what it puts before the message. */
  readonly echo?: { readonly prefix: string };
  /** The whole text of a file. */
  readonly read?: (path: string) => ToolCall;
  /** Name and type of every entry of a directory. */
  readonly list?: (path: string) => ToolCall;
  /** Every file below a directory whose name ends in `extension`. */
  readonly search?: (path: string, extension: string) => ToolCall;
  /** Every match of a regular expression in the files below a directory, with its file. */
  readonly searchContent?: (path: string, expression: string) => ToolCall;
  /** A tool that writes a shell command's stdout. */
  readonly run?: (command: string) => ToolCall;
}

/** The commonest form: a tool that takes the path, and what else it is given. */
export function onPath(name: string, more: Readonly<Record<string, unknown>> = {}) {
  return (path: string): ToolCall => ({ name, arguments: { path, ...more } });
}

export function onCommand(name: string, more: Readonly<Record<string, unknown>> = {}) {
  return (command: string): ToolCall => ({ name, arguments: { command, ...more } });
}
