/** Typed or piped input, line by line. */
export interface TerminalInput {
  /** The next line, asked for by `prompt` where a person types; undefined at the end, and once it is closed. */
  next(prompt: string): Promise<string | undefined>;
  /** Calls back at every Ctrl-C, which ends nothing by itself while the input is open. */
  onInterrupt(listener: () => void): void;
  close(): void;
}

/** Text in a colour or weight, where the stream shows them; else the text as it is. */
export type Paint = (style: 'bold' | 'dim' | 'red' | 'yellow', text: string) => string;

/** The input and output of a command. */
export interface Terminal {
  /** True if a person is at the input. */
  readonly interactive: boolean;
  /** True if a person looks at the output: bytes that are no text could steer the terminal. */
  readonly shown: boolean;
  /** Opens the input; at most once, and whoever opens it closes it. */
  openInput(): Promise<TerminalInput>;
  /** Data, to stdout, with a line end unless it has one. */
  print(data: string): void;
  /** Data, to stdout, as it is. */
  printExactly(data: string | Uint8Array): void;
  /** A message, to stderr, with a line end. */
  tell(message: string): void;
  /**
   * From here on a reader that has gone ends the process: one that has seen enough (`| head -1`) is no failure, a full disk is.
   * Not while serving: there the transport decides.
   */
  endWithReader(): void;
  /** For data. */
  readonly paint: Paint;
  /** For messages. */
  readonly paintMessage: Paint;
}
