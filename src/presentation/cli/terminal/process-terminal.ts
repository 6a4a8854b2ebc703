import { fstatSync } from 'node:fs';
import { styleText } from 'node:util';
import { createRedactor } from '../../../domain/policy/redact.ts';
import { exitCodes } from '../failures/exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** The process's own streams, each opened when it is first used. Colours follow NO_COLOR, FORCE_COLOR and TERM. */
export const processTerminal: Terminal = {
  get interactive() {
    return isTerminal(0);
  },
  get shown() {
    return isTerminal(1);
  },
  openInput: async () => {
    const { openTerminalInput } = await import('./open-terminal-input.ts');
    return openTerminalInput(isTerminal(0) && isTerminal(2));
  },
  print: (data) => void process.stdout.write(data.endsWith('\n') ? data : `${data}\n`),
  printExactly: (data) => void process.stdout.write(data),
  // Every message is redacted: it can quote anything that somebody typed.
  tell: (message) => void openMessages().write(`${createRedactor().text(message)}\n`),
  endWithReader() {
    process.stdout.on('error', endForLackOfReader);
  },
  paint: (style, text) => styleText(style, text, { stream: process.stdout }),
  paintMessage: (style, text) => styleText(style, text, { stream: process.stderr }),
};

let messages: NodeJS.WriteStream | undefined;

/** Opens stderr. A full disk or a reader that is gone costs messages, and nothing else: there is nobody left to tell. */
function openMessages(): NodeJS.WriteStream {
  messages ??= process.stderr.on('error', () => undefined);
  return messages;
}

/** node:tty is asked only about what could be one: loading it takes 0.2 ms, and clients give pipes. */
function isTerminal(descriptor: number): boolean {
  try {
    if (!fstatSync(descriptor).isCharacterDevice()) return false;
  } catch {
    return false; // closed
  }
  return process.getBuiltinModule('node:tty').isatty(descriptor);
}

function endForLackOfReader(error: NodeJS.ErrnoException): never {
  if (error.code === 'EPIPE') process.exit(exitCodes.done);
  processTerminal.tell(`error: Can't write to stdout: ${error.message}`);
  process.exit(exitCodes.failed);
}
