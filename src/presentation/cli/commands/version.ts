import { type ExitCode, exitCodes } from '../failures/exit-codes.ts';
import type { BuildFacts, CliServices } from '../services.ts';
import type { Terminal } from '../terminal/terminal.ts';

export function version({ build }: CliServices, terminal: Terminal): ExitCode {
  terminal.print(versionLine(build));
  return exitCodes.done;
}

/** The name of this build, in one line. */
export function versionLine({ version, commit, runtime, platform }: BuildFacts): string {
  return `tfo-mcp ${version} (commit ${commit}, ${runtime}, ${platform})`;
}
