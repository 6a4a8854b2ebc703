import { homedir } from 'node:os';
import { join } from 'node:path';
import type { CommandName } from '../command-line/command-table.ts';
import { UsageError } from '../command-line/usage-error.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** The place of a value that is not on the command line itself. */
export type ValueOrigin = { readonly kind: 'stdin' } | { readonly kind: 'file'; readonly path: string };

/** Reads the value of `key=value`: `-` and `@-` mean stdin, `@FILE` a file, and `@@TEXT` the text `@TEXT`. */
export function readTypedValue(value: string): string | ValueOrigin {
  if (value === '-' || value === '@-') return { kind: 'stdin' };
  if (value.startsWith('@@')) return value.slice(1);
  return value.startsWith('@') ? { kind: 'file', path: value.slice(1) } : value;
}

interface ValueReaderOptions {
  readonly terminal: Pick<Terminal, 'readInput' | 'readFile' | 'interactive' | 'tell'>;
  readonly command: CommandName;
  readonly interrupted: AbortSignal;
}

/** Bytes of one value; a message of that size is the longest that is read from a client, too. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Fetches the values that come from stdin or from files. */
export class ValueReader {
  private readonly options: ValueReaderOptions;
  private hasReadInput = false;

  constructor(options: ValueReaderOptions) {
    this.options = options;
  }

  /** Resolves with the text as it is there, the end of its last line included. @throws UsageError for what can't be read */
  async read(origin: ValueOrigin, subject: string): Promise<string> {
    const bytes = await (origin.kind === 'stdin'
      ? this.readInput(subject)
      : this.readFile(origin.path, subject));
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch (cause) {
      throw this.refuse(`Expected text in UTF-8 as ${subject}, got other bytes (${placeOf(origin)})`, cause);
    }
  }

  private async readInput(subject: string): Promise<Uint8Array> {
    const { terminal, interrupted } = this.options;
    if (this.hasReadInput)
      throw this.refuse(
        `Expected stdin to be read once, got "-" again as ${subject}; give the other as @FILE`,
      );
    this.hasReadInput = true;
    if (terminal.interactive)
      terminal.tell(`Reading ${subject} from the terminal; end it with ${endOfInput()} on a line of its own`);
    return await this.gather(terminal.readInput(interrupted), { kind: 'stdin' }, subject);
  }

  private async readFile(typed: string, subject: string): Promise<Uint8Array> {
    const { terminal, interrupted } = this.options;
    const origin = { kind: 'file', path: typed } as const;
    // No shell expands what is behind the equals sign.
    const path = /^~[\\/]/.test(typed) ? join(homedir(), typed.slice(1)) : typed;
    try {
      return await this.gather(terminal.readFile(path, interrupted), origin, subject);
    } catch (error) {
      if (error instanceof UsageError || interrupted.aborted) throw error;
      const why = reasonOf(error as NodeJS.ErrnoException);
      throw this.refuse(
        `Expected a file to read ${subject} from, got "${typed}": ${why}; text that begins with "@" is written "@@${typed}"`,
      );
    }
  }

  private async gather(chunks: AsyncIterable<Uint8Array>, origin: ValueOrigin, subject: string) {
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of chunks) {
      size += chunk.length;
      if (size > MOST_BYTES)
        throw this.refuse(
          `Expected at most ${MOST_BYTES} bytes as ${subject}, got more (${placeOf(origin)})`,
        );
      parts.push(chunk);
    }
    return Buffer.concat(parts);
  }

  private refuse(message: string, cause?: unknown): UsageError {
    return new UsageError(message, { command: this.options.command, cause });
  }
}

const endOfInput = () => (process.platform === 'win32' ? 'Ctrl-Z and Enter' : 'Ctrl-D');

const placeOf = (origin: ValueOrigin) => (origin.kind === 'stdin' ? 'stdin' : `"${origin.path}"`);

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is none',
  ENOTDIR: 'there is none',
  EISDIR: 'it is a directory',
  EACCES: 'it can not be read by you',
};

function reasonOf({ code = '', message }: NodeJS.ErrnoException): string {
  return REASONS[code] ?? message;
}
