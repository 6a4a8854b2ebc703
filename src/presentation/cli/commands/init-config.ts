import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { InitConfigInvocation } from '../invocation.ts';
import type { CliServices } from '../services.ts';
import type { Terminal } from '../terminal.ts';

/** Writes a configuration to begin with, and prints its path. @throws DomainError where it can't be written */
export async function initConfig(
  { path: file, force: replace }: InitConfigInvocation,
  { configuration }: CliServices,
  terminal: Terminal,
): Promise<ExitCode> {
  terminal.print(await configuration.initialize({ file, replace }));
  return exitCodes.done;
}
