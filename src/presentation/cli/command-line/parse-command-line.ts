import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { suggest, suggestionOf } from '../../../domain/shared/nearest-name.ts';
import type { OperandRow } from './command-row.ts';
import { type CommandName, commandNames, commands, isCommandName } from './command-table.ts';
import { type OptionName, options } from './option-table.ts';
import { isOptionName, readOption, type TypedOption, unknownOption } from './read-option.ts';
import { UsageError } from './usage-error.ts';

/** The typed words, as far as the table allows them; what it means is another question. */
export interface TypedCommand {
  /** Undefined when none was typed. */
  readonly command: CommandName | undefined;
  readonly options: TypedOptions;
  readonly operands: readonly string[];
}

/** Values as typed: all of an option that can be repeated, the last of any other; `true` for switches. */
export type TypedOptions = ReadonlyMap<OptionName, string | true | readonly string[]>;

/** The command that options without a command belong to: client configurations say `tfo-mcp --config FILE`. */
const DEFAULT_COMMAND: CommandName = 'serve';

/**
 * Reads the arguments after the program's name.
 * @throws UsageError unless the table allows all of it; `--help` is answered whatever else is wrong behind the command
 */
export function parseCommandLine(argv: readonly string[]): TypedCommand {
  const { typed, words } = tokenize(argv);
  const [word, ...operands] = words;
  const command = word === undefined ? undefined : requireCommand(word, words, typed);
  if (typed.some(({ name }) => name === 'help'))
    return { command, options: rightOnes(typed, command ?? DEFAULT_COMMAND), operands };
  const read = readOptions(typed, command ?? DEFAULT_COMMAND);
  if (!read.has('version')) requireOperands(operands, command ?? DEFAULT_COMMAND);
  return { command, options: read, operands };
}

/** The options that are right, among them the one for help: the help of a tool depends on the configuration. */
function rightOnes(typed: readonly TypedOption[], command: CommandName): TypedOptions {
  return readOptions(
    typed.filter((option) => {
      try {
        return readOption(option, command);
      } catch {
        return false;
      }
    }),
    command,
  );
}

function readOptions(typed: readonly TypedOption[], command: CommandName): TypedOptions {
  const read = new Map<OptionName, string | true | readonly string[]>();
  for (const option of typed) {
    const [name, value] = readOption(option, command);
    const earlier = read.get(name);
    if (!options[name].repeated || value === true) read.set(name, value);
    else read.set(name, Array.isArray(earlier) ? [...earlier, value] : [value]);
  }
  return read;
}

function tokenize(argv: readonly string[]): { typed: readonly TypedOption[]; words: readonly string[] } {
  // As most clients start it. Loading the parser for nothing would cost a twentieth of what is ours of the start.
  if (argv.length === 0) return { typed: [], words: [] };
  // Not strict: the errors are the user's way on, and ours to write.
  const config = { args: [...argv], options: parseOptions(), strict: false, tokens: true } as const;
  const typed: TypedOption[] = [];
  const words: string[] = [];
  for (const token of parseArgs(config).tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind === 'option') typed.push({ ...token, inline: token.inlineValue === true });
  }
  return { typed, words };
}

function parseOptions() {
  const entries = Object.entries(options).map(([name, { value, short }]) => {
    const type = value === undefined ? ('boolean' as const) : ('string' as const);
    return [name, { type, ...(short !== undefined && { short }) }] as const;
  });
  return Object.fromEntries(entries);
}

function requireCommand(word: string, words: readonly string[], typed: readonly TypedOption[]): CommandName {
  if (isCommandName(word)) return word;
  // Of an unknown option nobody knows whether the next word is its value.
  const stray = typed.find(({ name }) => !isOptionName(name));
  if (stray) throw unknownOption(stray, DEFAULT_COMMAND);
  const directories = directoryHint(words);
  if (directories !== '') throw new UsageError(`Unknown command "${word}"${directories}`);
  const hint = isOptionName(word) ? suggest(`--${word}`) : suggestionOf(word, commandNames);
  throw new UsageError(`Unknown command "${word}"${hint}`);
}

function requireOperands(operands: readonly string[], command: CommandName): void {
  const rows = commands[command].operands;
  const missing = rows[operands.length];
  if (missing?.required && operands.every((word, at) => isChoice(word, rows[at])))
    throw new UsageError(
      `Expected ${missing.name} after "${[command, ...operands].join(' ')}", got nothing`,
      {
        command,
      },
    );
  const extra = operands[rows.length];
  if (extra === undefined || rows.at(-1)?.repeated) return;
  const most = rows.length === 0 ? 'nothing' : `only ${rows.map(({ name }) => name).join(' ')}`;
  const hint = commands[command].options.includes('allow')
    ? directoryHint(operands.slice(rows.length))
    : starHint(operands);
  throw new UsageError(`Expected ${most} after "${command}", got "${extra}"${hint}`, { command });
}

/** False for a word that is none of those in `up|status`: its command says so. */
const isChoice = (word: string, row: OperandRow | undefined) =>
  !row?.name.includes('|') || row.name.split('|').includes(word);

/** A shell makes file names of the star in `keys create --scope *`. */
const starHint = ([action]: readonly string[]) =>
  action === 'create' ? `; for every scope, write --scope '*' with the quotes` : '';

/**
 * The end of a sentence about words that are no command but directories, as older file servers take them; empty where they are
 * none. Asked only when something is wrong already.
 */
function directoryHint(words: readonly string[]): string {
  const directories = words.filter(isDirectory);
  if (directories.length === 0 || directories[0] !== words[0]) return '';
  const options = directories.map((directory) => `--allow ${quoted(directory)}`).join(' ');
  return `; to let tools work in a directory, write ${options}`;
}

function isDirectory(word: string): boolean {
  if (/[\\/]|^[.~]+$/.test(word)) return true; // a path, there or not
  return statSync(word, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

const quoted = (word: string) => (/^[\w./~:\\-]+$/.test(word) ? word : JSON.stringify(word));
