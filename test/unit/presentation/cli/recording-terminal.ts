import type { Terminal, TerminalInput } from '../../../../src/presentation/cli/terminal/terminal.ts';

interface RecordingOptions {
  readonly interactive?: boolean;
  readonly shown?: boolean;
  readonly input?: TerminalInput;
}

/** A terminal without colours that keeps what is printed on it. */
export class RecordingTerminal implements Terminal {
  readonly interactive: boolean;
  readonly shown: boolean;
  readonly printed: string[] = [];
  readonly told: string[] = [];
  private readonly input: TerminalInput | undefined;

  constructor({ interactive = false, shown = false, input }: RecordingOptions = {}) {
    this.input = input;
    this.interactive = interactive;
    this.shown = shown;
  }

  async openInput(): Promise<TerminalInput> {
    if (this.input === undefined) throw new Error('Expected nobody to read from this terminal');
    return this.input;
  }

  print(data: string): void {
    this.printed.push(data);
  }

  /** Bytes as hexadecimal digits. */
  printExactly(data: string | Uint8Array): void {
    this.printed.push(typeof data === 'string' ? data : Buffer.from(data).toString('hex'));
  }

  tell(message: string): void {
    this.told.push(message);
  }

  endWithReader(): void {
    // has none that could go
  }

  paint(_style: string, text: string): string {
    return text;
  }

  paintMessage(_style: string, text: string): string {
    return text;
  }

  get output(): string {
    return this.printed.join('\n');
  }

  get messages(): string {
    return this.told.join('\n');
  }
}
