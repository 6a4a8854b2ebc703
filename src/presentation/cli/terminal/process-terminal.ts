import { constants, createReadStream, fstatSync, openSync, statSync } from 'node:fs';
import { addAbortSignal, type Readable } from 'node:stream';
import { styleText } from 'node:util';
import { createRedactor } from '../../../domain/policy/redact.ts';
import { shorten } from '../../../domain/text/utf8.ts';
import { exitCodes } from '../failures/exit-codes.ts';
import { showable } from './showable.ts';
import type { MessageLabel, Terminal } from './terminal.ts';

/** Characters that hosts show to their users. */
const LONGEST_ANSWER = 1000;

/** The process's own streams, each opened when it is first used. Colours follow NO_COLOR, FORCE_COLOR and TERM. */
export const processTerminal: Terminal = {
  get interactive() {
    return isTerminal(0);
  },
  get shown() {
    return isTerminal(1);
  },
  get columns() {
    return (isTerminal(1) && process.stdout.columns) || USUAL_COLUMNS;
  },
  get unicode() {
    return showsUnicode(process.platform, process.env);
  },
  readInput: (signal) => addAbortSignal(signal, process.stdin),
  readFile: (path, signal) => (isPipe(path) ? openPipe(path, signal) : createReadStream(path, { signal })),
  openInput: async () => {
    const { openTerminalInput } = await import('./open-terminal-input.ts');
    return openTerminalInput(isTerminal(0) && isTerminal(2));
  },
  print: (data) => void process.stdout.write(data.endsWith('\n') ? data : `${data}\n`),
  handOver,
  printExactly: (data) => void process.stdout.write(data),
  drained: () =>
    new Promise((resolve) => {
      if (process.stdout.writableNeedDrain) process.stdout.once('drain', resolve);
      else setImmediate(resolve);
    }),
  // Every message is redacted: it can quote anything that somebody typed.
  tell: (message, label) => {
    const stream = openMessages();
    const before = label === undefined ? '' : `${painted(COLOURS[label], `${label}:`, stream)} `;
    stream.write(`${before}${createRedactor().text(showable(message, { shown: true }))}\n`);
  },
  async answerClient(message) {
    const { answerFirstRequest } = await import('../../transport/answer-first-request.ts');
    await answerFirstRequest(shorten(createRedactor().text(message), LONGEST_ANSWER));
  },
  endWithReader() {
    process.stdout.on('error', endForLackOfReader);
  },
  paint: (style, text) => painted(style, text, process.stdout),
};

const COLOURS: Readonly<Record<MessageLabel, 'red' | 'yellow'>> = {
  error: 'red',
  warning: 'yellow',
  notice: 'yellow',
};

/** Node.js takes an empty NO_COLOR for one that is set; by no-color.org it is none. */
function painted(style: Parameters<typeof styleText>[0], text: string, stream: NodeJS.WriteStream): string {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  const isUnset = NO_COLOR === '' && FORCE_COLOR === undefined && TERM !== 'dumb';
  return isUnset && stream.isTTY
    ? styleText(style, text, { validateStream: false })
    : styleText(style, text, { stream });
}

const USUAL_COLUMNS = 80;

function isPipe(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFIFO() === true;
}

/** Opens a named pipe on the event loop: a thread that opens one waits for who writes to it, and the exit for the thread. */
function openPipe(path: string, signal: AbortSignal): Readable {
  const { Socket } = process.getBuiltinModule('node:net');
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  return addAbortSignal(signal, new Socket({ fd, readable: true, writable: false }));
}

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

/** Meanwhile a reader that has gone does not end the process. */
async function handOver(data: string): Promise<void> {
  if (isNothing(1)) throw new Error('it leads nowhere');
  const { stdout } = process;
  const isEnding = stdout.listeners('error').includes(endForLackOfReader);
  stdout.off('error', endForLackOfReader).on('error', () => undefined);
  const error = await new Promise<Error | null | undefined>((resolve) => stdout.write(`${data}\n`, resolve));
  if (error) throw error;
  if (isEnding) stdout.on('error', endForLackOfReader);
}

/** True for the null device, which Node.js also puts in the place of what was closed. */
function isNothing(descriptor: number): boolean {
  const { rdev } = fstatSync(descriptor);
  return rdev !== 0 && rdev === statSync('/dev/null', { throwIfNoEntry: false })?.rdev;
}

function endForLackOfReader(error: NodeJS.ErrnoException): never {
  if (error.code === 'EPIPE') process.exit(exitCodes.done);
  processTerminal.tell(`Can't write to stdout: ${error.message}`, 'error');
  process.exit(exitCodes.failed);
}

/** Variables of the terminals on Windows whose fonts have more than letters; its old console shows boxes instead. */
const WINDOWS_TERMINALS = ['WT_SESSION', 'TERM_PROGRAM', 'ConEmuTask'];

/**
 * True if an environment's terminal shows characters beyond ASCII, block elements among them: by its locale (POSIX: LC_ALL before
 * LC_CTYPE before LANG, and what is empty is not set), which on macOS need not be set. The console of Linux has no font for them.
 */
export function showsUnicode(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  if (environment['TERM'] === 'dumb' || environment['TERM'] === 'linux') return false;
  if (platform === 'win32') return WINDOWS_TERMINALS.some((name) => environment[name]);
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'];
  return locale ? /utf-?8/i.test(locale) : platform === 'darwin';
}
