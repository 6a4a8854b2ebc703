import type { TerminalInput } from '../../../../../src/presentation/cli/terminal/terminal.ts';

/** Lines as the test types them; a function among them runs when its turn comes, and types nothing. */
export class TypedInput implements TerminalInput {
  isClosed = false;
  private readonly lines: (string | (() => void))[];
  private readonly listeners: (() => void)[] = [];

  constructor(lines: readonly (string | (() => void))[]) {
    this.lines = [...lines];
  }

  async next(): Promise<string | undefined> {
    for (;;) {
      const line = this.isClosed ? undefined : this.lines.shift();
      if (typeof line !== 'function') return line;
      line();
    }
  }

  onInterrupt(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Ctrl-C. */
  interrupt(): void {
    for (const listener of this.listeners) listener();
  }

  close(): void {
    this.isClosed = true;
  }
}
