/** Typed or piped input, line by line. */
export interface TerminalInput {
  /** The next line, asked for by `prompt` where a person types; undefined at the end, and once it is closed. */
  next(prompt: string): Promise<string | undefined>;
  /** Calls back at every Ctrl-C, which ends nothing by itself while the input is open. */
  onInterrupt(listener: () => void): void;
  close(): void;
}
