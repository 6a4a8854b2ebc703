import { DomainError } from '../../../domain/shared/domain-error.ts';
import { UsageError } from '../command-line/usage-error.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { describeFault, placeOf } from './describe-fault.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { wantsPlaces } from './fault-guard.ts';
import { tellError, tellMistyped, tellNotices, tellProblems } from './messages.ts';
import { InvalidConfiguration } from './require-prepared.ts';

/** Tells why a command failed. @returns the exit code for that */
export function reportFailure(error: unknown, terminal: Terminal): ExitCode {
  if (error instanceof InvalidConfiguration) {
    tellNotices(error.report.notices, terminal);
    if (error.report.isMistyped) tellMistyped(error.report.problems, terminal);
    else tellProblems(error.report.problems, terminal);
    return codeOfProblems(error.report.isMistyped);
  }
  if (error instanceof UsageError) {
    tellError(error.message, terminal);
    terminal.tell(`See "tfo-mcp ${error.command === undefined ? '--help' : `help ${error.command}`}"`);
    return exitCodes.usage;
  }
  if (error instanceof DomainError) tellError(error.message, terminal);
  else tellFault(error, terminal);
  return exitCodes.failed;
}

/** Chooses the exit code of a configuration that doesn't hold. */
export function codeOfProblems(isMistyped = false): ExitCode {
  return isMistyped ? exitCodes.usage : exitCodes.configuration;
}

/** A failure with a name is for the user; one without is a fault of the program. */
function tellFault(error: unknown, terminal: Terminal): void {
  tellError(describeFault(error), terminal);
  const place = wantsPlaces() ? placeOf(error) : undefined;
  if (place !== undefined) terminal.tell(place);
}
