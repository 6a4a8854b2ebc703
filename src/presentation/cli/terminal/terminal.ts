/** Typed or piped input, line by line. */
export interface TerminalInput {
  /** The next line, asked for by `prompt` where a person types; undefined at the end, and once it is closed. */
  next(prompt: string): Promise<string | undefined>;
  /** Calls back at every Ctrl-C, which ends nothing by itself while the input is open. */
  onInterrupt(listener: () => void): void;
  close(): void;
}

/** Text in a colour or weight, where the output shows it; else the text as it is. */
export type Paint = (style: 'bold' | 'dim' | 'red', text: string) => string;

export type MessageLabel = 'error' | 'warning' | 'notice';

/** The input and output of a command. */
export interface Terminal {
  /** True if a person is at the input. */
  readonly interactive: boolean;
  /** True if a person looks at the output: bytes that are no text could steer the terminal. */
  readonly shown: boolean;
  /** The width of the terminal that shows the output; 80 where that is not known. */
  readonly columns: number;
  /** True if the output shows characters beyond ASCII, as far as its surroundings tell. */
  readonly unicode: boolean;
  /** The bytes of the input until its end; at most once, and not beside `openInput`. Rejects when aborted. */
  readInput(signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** The bytes of a file, which can be a pipe. Rejects as Node.js does, and when aborted. */
  readFile(path: string, signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** Opens the input; at most once, and whoever opens it closes it. */
  openInput(): Promise<TerminalInput>;
  /** Data, to stdout, with a line end unless it has one. */
  print(data: string): void;
  /** The same, for what nobody can show again. Rejects where the system does not take it, or nobody reads it. */
  handOver(data: string): Promise<void>;
  /** Data, to stdout, as it is. */
  printExactly(data: string | Uint8Array): void;
  /** Lets the reader take what was printed, and signals be heard: between pieces of what may be long. */
  drained(): Promise<void>;
  /** A message, to stderr, with a line end, behind what it is. It can quote what somebody typed, which must not steer a terminal. */
  tell(message: string, label?: MessageLabel): void;
  /** Answers the first request of a client at the input with this message as its error, and waits for one no longer than it may. */
  answerClient(message: string): Promise<void>;
  /**
   * From here on a reader that has gone ends the process: one that has seen enough (`| head -1`) is no failure, a full disk is.
   * Not while serving: there the transport decides.
   */
  endWithReader(): void;
  readonly paint: Paint;
}
