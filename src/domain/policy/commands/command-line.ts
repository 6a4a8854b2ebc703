import { commandInvalid } from './command-invalid.ts';

/** A command to run: a line for the platform's shell, or a program with its arguments. */
export type CommandLine = { readonly command: string } | { readonly argv: readonly string[] };

/**
 * The one of the two that was given.
 * @throws DomainError `command.invalid`
 */
export function commandLineOf(given: {
  readonly command?: string | undefined;
  readonly argv?: readonly string[] | undefined;
}): CommandLine {
  // Clients that fill in every argument leave one of the two empty.
  const command = given.command === '' && given.argv?.length ? undefined : given.command;
  const argv = given.argv?.length === 0 && command !== undefined ? undefined : given.argv;
  if (command !== undefined && argv !== undefined)
    throw commandInvalid('Expected either "command" or "argv", got both');
  if (command === undefined && argv === undefined)
    throw commandInvalid(
      'Expected either "command" (for the shell) or "argv" (program and arguments), got neither',
    );
  if (command !== undefined) {
    if (command.trim() === '')
      throw commandInvalid('Expected "command" to say what to run, got nothing but blanks');
    requirePassable('command', [command]);
    return { command };
  }
  const words = argv as readonly string[];
  if (words.length === 0)
    throw commandInvalid('Expected "argv" to hold a program and its arguments, got an empty list');
  if (words[0] === '') throw commandInvalid('Expected "argv" to begin with a program, got an empty text');
  requirePassable('argv', words);
  return { argv: words };
}

/** Half of a surrogate pair would silently become another character. */
function requirePassable(name: string, texts: readonly string[]): void {
  if (texts.some((text) => text.includes('\0')))
    throw commandInvalid(`Expected "${name}" to hold no NUL character: no program can be given one`);
  if (!texts.every((text) => text.isWellFormed()))
    throw commandInvalid(`Expected "${name}" to hold whole characters, got half of a surrogate pair`);
}
