import { nearestName } from '../../../domain/shared/nearest-name.ts';
import type { CommandName } from './command-table.ts';

interface UsageErrorOptions extends ErrorOptions {
  /** The command whose help to point at; without one, the general help. */
  readonly command?: CommandName;
}

/** The user typed what can't be meant. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly command: CommandName | undefined;

  constructor(message: string, { command, ...options }: UsageErrorOptions = {}) {
    super(message, options);
    this.command = command;
  }
}

/** The end of a sentence about an unknown name: what was probably meant, or nothing. */
export function suggestion(
  name: string,
  candidates: Iterable<string>,
  write = (found: string) => found,
): string {
  const found = nearestName(name, candidates);
  return found === undefined ? '' : `; did you mean "${write(found)}"?`;
}
