import { suggest, suggestionOf } from '../../../domain/shared/nearest-name.ts';
import { type CommandName, commands } from './command-table.ts';
import { globalOptions, type OptionName, options } from './option-table.ts';
import { UsageError } from './usage-error.ts';

/** An option as it was typed, known or not. */
export interface TypedOption {
  readonly name: string;
  /** With its dashes. */
  readonly rawName: string;
  readonly value: string | undefined;
  /** Written `--name=value`, as opposed to `--name value`. */
  readonly inline: boolean;
}

/** Checks an option against those of this command; `true` is a switch's value. @throws UsageError */
export function readOption(typed: TypedOption, command: CommandName): [OptionName, string | true] {
  const { name, rawName } = typed;
  if (!isOptionName(name)) throw unknownOption(typed, command);
  if (!optionsOf(command).includes(name)) {
    throw new UsageError(`The command "${command}" has no option "${rawName}"`, { command });
  }
  return [
    name,
    options[name].value === undefined ? readSwitch(typed, command) : readValue(name, typed, command),
  ];
}

function readSwitch({ rawName, value }: TypedOption, command: CommandName): true {
  if (value === undefined) return true;
  throw new UsageError(`Expected "${rawName}" without a value, got "${value}"`, { command });
}

function readValue(name: OptionName, { rawName, value, inline }: TypedOption, command: CommandName): string {
  const { value: what, choices } = options[name];
  if (value === undefined)
    throw new UsageError(`Expected ${what} after "${rawName}", got nothing`, { command });
  if (!inline && /^-./.test(value)) {
    const way = `if that is the value, write "--${name}=${value}"`;
    throw new UsageError(`Expected ${what} after "${rawName}", got the option "${value}"; ${way}`, {
      command,
    });
  }
  if (choices === undefined || choices.includes(value)) return value;
  const list = choices.map((choice) => `"${choice}"`).join(', ');
  const hint = suggestionOf(value, choices);
  throw new UsageError(`Expected "${rawName}" to be one of ${list}; got "${value}"${hint}`, { command });
}

export function unknownOption({ name, rawName }: TypedOption, command: CommandName): UsageError {
  const known = optionsOf(command);
  const hint =
    name.length > 1 ? suggestionOf(name, known, (found) => `--${found}`) : shortSuggestion(name, known);
  const way = twoWordsHint(name) || hint || argumentHint(name, command);
  return new UsageError(`Unknown option "${rawName}"${way}`, { command });
}

/** A client's list of arguments has an entry for each word: `"--allow", "/srv"`. */
function twoWordsHint(name: string): string {
  const [first = '', ...rest] = name.split(/\s+/);
  return rest.length > 0 && isOptionName(first)
    ? `; "--${first}" and its value are two words, each with quotes of its own`
    : '';
}

/** Other programs of this kind have options for a tool's arguments. */
function argumentHint(name: string, command: CommandName): string {
  if ((command !== 'call' && command !== 'prompt') || name.length === 1) return '';
  return command === 'prompt'
    ? '; arguments are written KEY=VALUE'
    : '; arguments of the tool are written KEY=VALUE, or as one JSON object';
}

/** Any two letters are near each other: only the same one in the other case can be meant. */
function shortSuggestion(letter: string, known: readonly OptionName[]): string {
  const found = known.find((name) => options[name].short?.toLowerCase() === letter.toLowerCase());
  return found === undefined ? '' : suggest(`-${options[found].short}`);
}

export function isOptionName(name: string): name is OptionName {
  return Object.hasOwn(options, name);
}

function optionsOf(command: CommandName): readonly OptionName[] {
  return [...commands[command].options, ...globalOptions];
}
