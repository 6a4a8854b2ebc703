import { nearestName } from '../../domain/shared/nearest-name.ts';
import { commandNames } from './command-line/command-table.ts';
import { type Invocation, interpret } from './command-line/invocation.ts';
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
  let invocation: Invocation | undefined;
  try {
    invocation = interpret(parseCommandLine(argv), () => terminal.interactive);
    if (invocation.command === 'serve') {
      return { code: await serve(invocation.request, services, terminal), atOnce: true };
    }
    const { runCommand } = await import('./run-command.ts');
    const code = await runCommand(invocation, services, terminal);
    return { code, atOnce: code === exitCodes.interrupted };
  } catch (error) {
    terminal.endWithReader();
    const { reportFailure } = await import('./failures/report-failure.ts');
    const code = reportFailure(error, terminal);
    const isClients = invocation === undefined ? looksLikeClientsStart(argv) : isClientsStart(invocation);
    if (terminal.interactive || !isClients) return { code, atOnce: false };
    const { answerFailedStart } = await import('./failures/answer-failed-start.ts');
    return { code, atOnce: await answerFailedStart(error, terminal) };
  }
}

/** True for what serves on stdio, as far as the command line tells. */
function isClientsStart(invocation: Invocation): boolean {
  if (invocation.command !== 'serve') return false;
  const { flags = [] } = invocation.request;
  return !flags.some(({ key, value }) => key === 'server.transport' && NETWORK.test(String(value)));
}

/** True for arguments that are no command line, but such as clients give: none in which another command than `serve` is meant. */
function looksLikeClientsStart(argv: readonly string[]): boolean {
  const [first = '', ...rest] = argv;
  if ([first, ...rest].some((word) => NETWORK.test(word.replace('--transport=', '')))) return false;
  return (nearestName(first, commandNames) ?? 'serve') === 'serve';
}

/** Transports that have no one client. */
const NETWORK = /^(?:http|sse|websocket)(?:,|$)/;
