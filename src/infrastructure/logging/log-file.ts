import type { LogFields } from '../../application/ports/logger.ts';
import type { LogStream } from './bounded-output.ts';
import { RotatingFile, type RotatingFileOptions } from './rotating-file.ts';

export interface LogFileOptions extends RotatingFileOptions {
  /** Opens the stream for lines once the file fails. */
  readonly openFallback: () => LogStream;
  /** Milliseconds after which a file that failed is tried again. */
  readonly retryAfter?: number;
  /** The line that says so, with its line end. */
  readonly warn: (message: string, fields: LogFields) => string;
}

interface WaitingLine {
  readonly text: string;
  readonly written: (error?: Error | null) => void;
}

const RETRY_AFTER = 60_000;

/** Lines that are looked at for what fits in one writing. */
const MOST_LINES = 500;

/**
 * A log file as a stream: opened with the first line, written line by line in order, many at a time when they come fast. When it
 * can't be opened or written, what isn't written yet and what comes after goes to the fallback, behind one warning, until the file
 * takes lines again.
 */
export class LogFile implements LogStream {
  readonly isTTY = false;
  private readonly options: LogFileOptions;
  private readonly file: RotatingFile;
  private readonly listeners: ((error: Error) => void)[] = [];
  /** Those that are being written, too. */
  private readonly waiting: WaitingLine[] = [];
  private waitingBytes = 0;
  private writing = false;
  private fallback: LogStream | undefined;
  /** The moment from which on the file is tried again; undefined while it takes lines. */
  private failedUntil: number | undefined;

  constructor(options: LogFileOptions) {
    this.options = options;
    this.file = new RotatingFile(options);
  }

  get writableLength(): number {
    return this.waitingBytes + (this.fallback?.writableLength ?? 0);
  }

  write(text: string, written: WaitingLine['written']): boolean {
    if (this.fallback !== undefined && this.rests()) return this.fallback.write(text, written);
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

  private rests(): boolean {
    return this.failedUntil !== undefined && performance.now() < this.failedUntil;
  }

  /**
   * Gives the lines that the file hasn't taken to the fallback, those too that it may be about to take: the process is to end.
   * @returns whether there were any
   */
  giveUp(): boolean {
    if (this.waiting.length === 0) return false;
    this.fallBack(new Error('It took no lines before the end'));
    return true;
  }

  private async writeOut(): Promise<void> {
    this.writing = true;
    while (this.waiting.length > 0) {
      try {
        const some = this.waiting.slice(0, MOST_LINES);
        const count = await this.file.append(some.map(({ text }) => text));
        const isGivenUp = this.waiting[0] !== some[0];
        for (const { text, written } of this.waiting.splice(0, isGivenUp ? 0 : count)) {
          this.waitingBytes -= Buffer.byteLength(text);
          written();
        }
        this.noteRecovery();
      } catch (error) {
        this.fallBack(error as Error);
      }
    }
    this.writing = false;
  }

  private fallBack(error: Error): void {
    const { path, retryAfter = RETRY_AFTER } = this.options;
    const isNew = this.failedUntil === undefined;
    this.failedUntil = performance.now() + retryAfter;
    this.fallback ??= this.openFallback();
    const fallback = this.fallback;
    if (isNew)
      this.tell('The log file failed, so that log lines go to stderr', { path, error: error.message });
    for (const { text, written } of this.waiting.splice(0)) fallback.write(text, written);
    this.waitingBytes = 0;
  }

  private noteRecovery(): void {
    if (this.failedUntil === undefined) return;
    this.failedUntil = undefined;
    this.tell('The log file takes lines again', { path: this.options.path });
  }

  private tell(message: string, fields: LogFields): void {
    this.fallback?.write(this.options.warn(message, fields), () => undefined);
  }

  private openFallback(): LogStream {
    const fallback = this.options.openFallback();
    for (const listener of this.listeners) fallback.on('error', listener);
    return fallback;
  }
}
