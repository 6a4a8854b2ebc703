import type { LogStream } from '../../../../src/infrastructure/logging/bounded-output.ts';

type Written = (error?: Error | null) => void;

/** A stream whose reader reads when the test says so. */
export class MemoryStream implements LogStream {
  readonly isTTY: boolean;
  readonly written: string[] = [];
  readonly #waiting: { readonly length: number; readonly written: Written }[] = [];
  #onError: (error: Error) => void = () => undefined;

  constructor(isTTY = false) {
    this.isTTY = isTTY;
  }

  get writableLength(): number {
    return this.#waiting.reduce((sum, { length }) => sum + length, 0);
  }

  write(text: string, written: Written): boolean {
    this.written.push(text);
    this.#waiting.push({ length: text.length, written });
    return false;
  }

  on(_event: 'error', listener: (error: Error) => void): void {
    this.#onError = listener;
  }

  /** Reads one line; false when none waits. */
  readNext(): boolean {
    const next = this.#waiting.shift();
    next?.written();
    return next !== undefined;
  }

  /** Reads everything that waits, and what is written meanwhile. */
  readAll(): void {
    while (this.readNext());
  }

  fail(error: Error): void {
    this.#onError(error);
  }
}
