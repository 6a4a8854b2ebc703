import { DomainError } from '../shared/domain-error.ts';

/** What is to be run: a line for the platform's shell, or a program with its arguments. */
export type CommandLine = { readonly command: string } | { readonly argv: readonly string[] };

/**
 * The one of the two that was given.
 * @throws DomainError `command.invalid`
 */
export function commandLineOf(given: {
  readonly command?: string | undefined;
  readonly argv?: readonly string[] | undefined;
}): CommandLine {
  const { command, argv } = given;
  if (command !== undefined && argv !== undefined)
    throw invalid('Expected either "command" or "argv", got both');
  if (command === undefined && argv === undefined)
    throw invalid('Expected either "command" (for the shell) or "argv" (program and arguments), got neither');
  if (command !== undefined) {
    if (command.trim() === '') throw invalid('Expected "command" to say what to run, got nothing but blanks');
    requireNoNul('command', [command]);
    return { command };
  }
  const words = argv as readonly string[];
  if (words.length === 0 || words[0] === '') throw invalid('Expected "argv" to begin with a program');
  requireNoNul('argv', words);
  return { argv: words };
}

function requireNoNul(name: string, texts: readonly string[]): void {
  if (texts.some((text) => text.includes('\0')))
    throw invalid(`Expected "${name}" to hold no NUL character: no program can be given one`);
}

const invalid = (message: string) => new DomainError('command.invalid', 'invalid', message);
