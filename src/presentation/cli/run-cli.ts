import { interpret } from './command-line/invocation.ts';
import { parseCommandLine } from './command-line/parse-command-line.ts';
import { serve } from './commands/serve.ts';
import { type ExitCode, exitCodes } from './failures/exit-codes.ts';
import type { CliServices } from './services.ts';
import type { Terminal } from './terminal/terminal.ts';

/** The end of the command line. */
export interface CliOutcome {
  readonly code: ExitCode;
  /** Nothing that still runs is worth waiting for; else what was printed may be on its way. */
  readonly atOnce: boolean;
}

/**
 * Does what the arguments after the program's name ask for; never rejects. Serving is the fast path: everything else is loaded
 * when it is asked for.
 */
export async function runCli(
  argv: readonly string[],
  services: CliServices,
  terminal: Terminal,
): Promise<CliOutcome> {
  try {
    const invocation = interpret(parseCommandLine(argv), () => terminal.interactive);
    if (invocation.command === 'serve') {
      return { code: await serve(invocation.request, services, terminal), atOnce: true };
    }
    const { runCommand } = await import('./run-command.ts');
    const code = await runCommand(invocation, services, terminal);
    return { code, atOnce: code === exitCodes.interrupted };
  } catch (error) {
    terminal.endWithReader();
    const { reportFailure } = await import('./failures/report-failure.ts');
    return { code: reportFailure(error, terminal), atOnce: false };
  }
}
