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
