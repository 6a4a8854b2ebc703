import type { ReportInvocation } from '../command-line/invocation.ts';
import { type ExitCode, exitCodes } from '../failures/exit-codes.ts';
import { tellFile, tellNotices, tellProblems } from '../failures/report-configuration.ts';
import type { CliServices } from '../services.ts';
import { printJson } from '../terminal/print-json.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Says whether the server would start, and why not. */
export async function validate(
  { request, json }: ReportInvocation,
  { configuration }: CliServices,
  terminal: Terminal,
): Promise<ExitCode> {
  const { file, notices, problems } = await configuration.load(request);
  const valid = problems.length === 0;
  if (json) {
    printJson({ valid, file: file ?? null, notices, problems }, terminal);
  } else {
    tellFile(file, terminal);
    tellNotices(notices, terminal);
    if (valid) terminal.print('valid');
    else tellProblems(problems, terminal);
  }
  return valid ? exitCodes.done : exitCodes.configuration;
}
