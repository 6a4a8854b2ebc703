import type { Terminal } from '../terminal/terminal.ts';

export function tellError(message: string, terminal: Terminal): void {
  terminal.tell(`${terminal.paintMessage('red', 'error:')} ${message}`);
}
