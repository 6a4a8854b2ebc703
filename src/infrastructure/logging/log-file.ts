import type { LogFields } from '../../application/ports/logger.ts';
import type { LogStream } from './bounded-output.ts';
import { RotatingFile, type RotatingFileOptions } from './rotating-file.ts';

export interface LogFileOptions extends RotatingFileOptions {
  /** Opens the stream for lines once the file fails. */
  readonly openFallback: () => LogStream;
  /** The line that says so, with its line end. */
  readonly warn: (message: string, fields: LogFields) => string;
}

interface WaitingLine {
  readonly text: string;
  readonly written: (error?: Error | null) => void;
}

/** Lines that are looked at for what fits in one writing. */
const MOST_LINES = 500;

/**
 * A log file as a stream: opened with the first line, written line by line in order, many at a time when they come fast. When it
 * can't be opened or written, what isn't written yet and everything after goes to the fallback, behind one warning.
 */
export class LogFile implements LogStream {
  readonly isTTY = false;
  private readonly options: LogFileOptions;
  private readonly file: RotatingFile;
  private readonly listeners: ((error: Error) => void)[] = [];
  private waiting: WaitingLine[] = [];
  private waitingBytes = 0;
  private writing = false;
  private fallback: LogStream | undefined;

  constructor(options: LogFileOptions) {
    this.options = options;
    this.file = new RotatingFile(options);
  }

  get writableLength(): number {
    return this.fallback?.writableLength ?? this.waitingBytes;
  }

  write(text: string, written: WaitingLine['written']): boolean {
    if (this.fallback !== undefined) return this.fallback.write(text, written);
    this.waiting.push({ text, written });
    this.waitingBytes += Buffer.byteLength(text);
    if (!this.writing) void this.writeOut();
    return true;
  }

  /** The fallback's errors: the file's own are answered here. */
  on(_event: 'error', listener: (error: Error) => void): void {
    this.listeners.push(listener);
    this.fallback?.on('error', listener);
  }

  private async writeOut(): Promise<void> {
    this.writing = true;
    while (this.waiting.length > 0 && this.fallback === undefined) {
      const lines = this.waiting;
      this.waiting = [];
      await this.writeAll(lines);
    }
    this.writing = false;
  }

  private async writeAll(lines: readonly WaitingLine[]): Promise<void> {
    for (let done = 0; done < lines.length; ) {
      try {
        const some = lines.slice(done, done + MOST_LINES);
        const count = await this.file.append(some.map(({ text }) => text));
        for (const { text, written } of some.slice(0, count)) {
          this.waitingBytes -= Buffer.byteLength(text);
          written();
        }
        done += count;
      } catch (error) {
        return this.fallBack([...lines.slice(done), ...this.waiting], error as NodeJS.ErrnoException);
      }
    }
  }

  private fallBack(lines: readonly WaitingLine[], error: NodeJS.ErrnoException): void {
    const { openFallback, warn, path } = this.options;
    const fallback = openFallback();
    this.fallback = fallback;
    for (const listener of this.listeners) fallback.on('error', listener);
    const warning = warn('The log file failed, so that log lines go to stderr', {
      path,
      error: error.message,
    });
    fallback.write(warning, () => undefined);
    for (const { text, written } of lines) fallback.write(text, written);
    this.waiting = [];
    this.waitingBytes = 0;
  }
}
