import { createInterface } from 'node:readline';
import type { TerminalInput } from './terminal.ts';

/**
 * The process's stdin. On a terminal lines can be edited and called back; the prompt goes to stderr, since stdout is for data.
 * @param interactive whether a person is at the input and sees stderr
 */
export function openTerminalInput(interactive: boolean): TerminalInput {
  const reader = createInterface({
    input: process.stdin,
    ...(interactive && { output: process.stderr }),
    terminal: interactive,
  });
  const lines = reader[Symbol.asyncIterator]();
  const listeners: (() => void)[] = [];
  const interrupt = () => {
    for (const listener of listeners) listener();
  };
  process.on('SIGINT', interrupt);
  reader.on('SIGINT', interrupt); // a terminal that readline edits on tells Ctrl-C as a key
  return {
    async next(prompt) {
      if (interactive) {
        reader.setPrompt(prompt);
        reader.prompt();
      }
      const { value, done } = await lines.next();
      return done ? undefined : value;
    },
    onInterrupt: (listener) => void listeners.push(listener),
    close() {
      process.off('SIGINT', interrupt);
      reader.close();
    },
  };
}
