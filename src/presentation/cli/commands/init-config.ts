import type { InitConfigInvocation } from '../command-line/invocation.ts';
import { type ExitCode, exitCodes } from '../failures/exit-codes.ts';
import type { CliServices } from '../services.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Writes a configuration to begin with, and prints its path. @throws DomainError where it can't be written */
export async function initConfig(
  { path: file, force: replace }: InitConfigInvocation,
  { configuration }: CliServices,
  terminal: Terminal,
): Promise<ExitCode> {
  terminal.print(await configuration.initialize({ file, replace }));
  return exitCodes.done;
}
