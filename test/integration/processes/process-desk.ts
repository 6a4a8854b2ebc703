import type { CommandOutcome, CommandRequest } from '../../../src/application/ports/processes.ts';
import { NodeProcesses } from '../../../src/infrastructure/processes/node-processes.ts';

const processes = new NodeProcesses();

/** Runs a line of the shell, with what a test wants to have otherwise. */
export function run(
  command: string,
  given: Partial<CommandRequest> = {},
  signal = new AbortController().signal,
): Promise<CommandOutcome> {
  return processes.run(
    {
      line: { command },
      directory: '/',
      environment: { PATH: process.env['PATH'] ?? '' },
      timeoutMs: 20_000,
      maxOutputBytes: 65_536,
      ...given,
    },
    signal,
  );
}
