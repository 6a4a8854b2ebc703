import { DomainError } from '../../domain/shared/domain-error.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { InvalidConfiguration } from './invalid-configuration.ts';
import { tellNotices, tellProblems } from './report-configuration.ts';
import { tellError } from './tell-error.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** Tells why a command failed. @returns the exit code for that */
export function reportFailure(error: unknown, terminal: Terminal): ExitCode {
  if (error instanceof InvalidConfiguration) {
    tellNotices(error.report.notices, terminal);
    tellProblems(error.report.problems, terminal);
    return exitCodes.configuration;
  }
  if (error instanceof UsageError) {
    tellError(error.message, terminal);
    terminal.tell(`See "tfo-mcp ${error.command === undefined ? '--help' : `help ${error.command}`}"`);
    return exitCodes.usage;
  }
  tellError(explain(error), terminal);
  return exitCodes.failed;
}

/** A failure with a name is for the user; one without is a fault of the program, and its place tells where. */
function explain(error: unknown): string {
  if (error instanceof DomainError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
