import { commandNames, isCommandName } from '../command-line/command-table.ts';
import type { HelpInvocation } from '../command-line/invocation.ts';
import { renderCommandHelp, renderHelp } from '../command-line/render-help.ts';
import { suggestion, UsageError } from '../command-line/usage-error.ts';
import { type ExitCode, exitCodes } from '../failures/exit-codes.ts';
import type { BuildFacts, CliServices } from '../services.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** @throws UsageError for a command that doesn't exist */
export function help({ topic }: HelpInvocation, terminal: Terminal): ExitCode {
  terminal.print(topic === undefined ? renderHelp(terminal.paint) : helpOf(topic, terminal));
  return exitCodes.done;
}

function helpOf(topic: string, { paint }: Terminal): string {
  if (isCommandName(topic)) return renderCommandHelp(topic, paint);
  throw new UsageError(`Unknown command "${topic}"${suggestion(topic, commandNames)}`);
}

export function version({ build }: CliServices, terminal: Terminal): ExitCode {
  terminal.print(versionLine(build));
  return exitCodes.done;
}

/** The name of this build, in one line. */
export function versionLine({ version, commit, runtime, platform }: BuildFacts): string {
  return `tfo-mcp ${version} (commit ${commit}, ${runtime}, ${platform})`;
}
