import { UsageError } from '../command-line/usage-error.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { InvalidConfiguration } from './require-prepared.ts';

/**
 * Tells the client on stdio why the server can't start, in answer to its first request.
 * @returns false for a failure that has nothing to do with how it was started
 */
export async function answerFailedStart(error: unknown, terminal: Terminal): Promise<boolean> {
  const reason = reasonOf(error);
  if (reason === undefined) return false;
  await terminal.answerClient(`tfo-mcp can't start: ${reason}`);
  return true;
}

function reasonOf(error: unknown): string | undefined {
  if (error instanceof UsageError)
    return `${error.message} (in the arguments that the client's configuration gives)`;
  if (!(error instanceof InvalidConfiguration)) return undefined;
  const [first, ...more] = error.report.problems.map(({ where, message }) => `${where}: ${message}`);
  const rest = more.length > 0 ? `; and ${more.length} more` : '';
  // Of what the client's own arguments say, a bare `validate` knows nothing.
  const isOfFlags = error.report.problems.every(({ where }) => where.startsWith('--'));
  return `${first}${rest}${isOfFlags ? " (in the arguments that the client's configuration gives)" : '. "tfo-mcp validate" shows all that is wrong'}`;
}
