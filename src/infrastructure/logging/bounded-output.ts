/** The part of `process.stderr` that the logger needs. */
export interface LogStream {
  /** True if a person looks at it. */
  readonly isTTY?: boolean | undefined;
  /** Bytes that wait for their reader. */
  readonly writableLength: number;
  write(text: string, written: (error?: Error | null) => void): boolean;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** Lines that wait for a reader take at most this much memory, and one line more. */
export const MOST_WAITING_BYTES = 1024 * 1024;

/** Writes lines as long as somebody reads them. Never throws, never waits, and never lets a backlog grow. */
export class BoundedOutput {
  private readonly stream: LogStream;
  private readonly onCaughtUp: (dropped: number) => void;
  private unwritten = 0;
  private dropped = 0;
  private broken = false;
  private readonly waiting: (() => void)[] = [];

  /** `onCaughtUp` hears how many lines were dropped, as soon as all others are read. */
  constructor(stream: LogStream, onCaughtUp: (dropped: number) => void) {
    this.stream = stream;
    this.onCaughtUp = onCaughtUp;
    // A client that closes its end (EPIPE) loses log lines, and must lose nothing else: without a listener
    // the error would end the process. There is no better place to report it either.
    stream.on('error', () => this.break());
  }

  write(line: string): void {
    if (this.broken) return;
    if (this.stream.writableLength > MOST_WAITING_BYTES) {
      this.dropped++;
      return;
    }
    this.unwritten++;
    this.stream.write(line, this.written);
  }

  /** Settles when all lines are read, and at the latest after so many milliseconds. */
  async flush(deadline: number): Promise<void> {
    if (this.unwritten === 0 || this.broken) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.waiting.push(resolve);
    const timer = setTimeout(resolve, deadline);
    await promise;
    clearTimeout(timer);
  }

  // One function for all lines: the stream then batches their callbacks.
  private readonly written = (): void => {
    this.unwritten--;
    if (this.unwritten > 0) return;
    const dropped = this.dropped;
    this.dropped = 0;
    if (dropped > 0 && !this.broken) this.onCaughtUp(dropped);
    // Else the line about the dropped ones is waited for, too.
    if (this.unwritten === 0) this.settle();
  };

  private break(): void {
    this.broken = true;
    this.settle();
  }

  private settle(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}
