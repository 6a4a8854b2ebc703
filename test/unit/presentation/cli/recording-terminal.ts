import { createReadStream } from 'node:fs';
import type {
  MessageLabel,
  Terminal,
  TerminalInput,
} from '../../../../src/presentation/cli/terminal/terminal.ts';

interface RecordingOptions {
  readonly interactive?: boolean;
  readonly shown?: boolean;
  readonly input?: TerminalInput;
  /** Bytes that are piped in. */
  readonly piped?: string | Uint8Array;
  readonly columns?: number;
  readonly unicode?: boolean;
  /** True if it shows colours: what is painted then stands between the sequences for them. */
  readonly paints?: boolean;
}

/** A terminal, without colours unless it is said, that keeps what is printed on it. */
export class RecordingTerminal implements Terminal {
  readonly interactive: boolean;
  readonly shown: boolean;
  readonly columns: number;
  readonly unicode: boolean;
  readonly paint: Terminal['paint'];
  readonly printed: string[] = [];
  readonly answers: string[] = [];
  readonly told: string[] = [];
  private readonly input: TerminalInput | undefined;

  private readonly piped: string | Uint8Array | undefined;

  constructor(options: RecordingOptions = {}) {
    const {
      interactive = false,
      shown = false,
      input,
      piped,
      columns = 80,
      unicode = true,
      paints,
    } = options;
    this.paint = (_style, text) => (paints ? `\u001b[1m${text}\u001b[0m` : text);
    this.input = input;
    this.piped = piped;
    this.columns = columns;
    this.unicode = unicode;
    this.interactive = interactive;
    this.shown = shown;
  }

  async openInput(): Promise<TerminalInput> {
    if (this.input === undefined) throw new Error('Expected nobody to read from this terminal');
    return this.input;
  }

  async *readInput(): AsyncIterable<Uint8Array> {
    if (this.piped === undefined) throw new Error('Expected nobody to read what is piped');
    yield Buffer.from(this.piped as string);
  }

  readFile(path: string, signal: AbortSignal): AsyncIterable<Uint8Array> {
    return createReadStream(path, { signal });
  }

  print(data: string): void {
    this.printed.push(data);
  }

  async handOver(data: string): Promise<void> {
    this.printed.push(data);
  }

  /** Bytes as hexadecimal digits. */
  printExactly(data: string | Uint8Array): void {
    this.printed.push(typeof data === 'string' ? data : Buffer.from(data).toString('hex'));
  }

  async drained(): Promise<void> {
    // nobody reads
  }

  async answerClient(message: string): Promise<void> {
    this.answers.push(message);
  }

  tell(message: string, label?: MessageLabel): void {
    this.told.push(label === undefined ? message : `${label}: ${message}`);
  }

  endWithReader(): void {
    // has none that could go
  }

  get output(): string {
    return this.printed.join('\n');
  }

  get messages(): string {
    return this.told.join('\n');
  }
}
