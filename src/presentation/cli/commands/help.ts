import { toolNames } from '../../../application/tools/tool-table.ts';
import { suggestionOf } from '../../../domain/shared/nearest-name.ts';
import { renderToolHelp } from '../call/tool-help.ts';
import { commandNames, isCommandName } from '../command-line/command-table.ts';
import type { HelpInvocation } from '../command-line/invocation.ts';
import { renderCommandHelp, renderHelp } from '../command-line/render-help.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { type ExitCode, exitCodes } from '../failures/exit-codes.ts';
import { tellProblems } from '../failures/messages.ts';
import { guideNames, isGuideName } from '../guide-names.ts';
import type { BuildFacts, CliServices } from '../services.ts';
import { renderMarkdown } from '../terminal/render-markdown.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { requireTool } from '../whole-surface.ts';

/** Prints the help of the program, a command or a tool, or a guide. @throws UsageError for what is none of these */
export async function help(
  { topic, tool }: HelpInvocation,
  services: CliServices,
  terminal: Terminal,
): Promise<ExitCode> {
  if (tool !== undefined) await printToolHelp(tool, services, terminal);
  else
    terminal.print(
      topic === undefined ? renderHelp(terminal.paint) : await helpOf(topic, services, terminal),
    );
  return exitCodes.done;
}

/** Prints the help of `call` instead where the configuration does not hold: nobody knows the tools then. */
async function printToolHelp(
  { name, request }: NonNullable<HelpInvocation['tool']>,
  services: CliServices,
  terminal: Terminal,
): Promise<void> {
  const prepared = await services.prepare(request);
  if ('problems' in prepared) {
    terminal.print(renderCommandHelp('call', terminal.paint));
    tellProblems(prepared.problems, terminal);
    return;
  }
  try {
    terminal.print(renderToolHelp(await requireTool(prepared.application, name), terminal));
  } finally {
    await prepared.finish();
  }
}

async function helpOf(topic: string, services: CliServices, terminal: Terminal): Promise<string> {
  if (isCommandName(topic)) return renderCommandHelp(topic, terminal.paint);
  // The marks of what is generated are for whoever edits the guide.
  if (isGuideName(topic)) {
    const guide = (await services.guide(topic)).replace(/<!--.*?-->\n/g, '');
    return terminal.shown ? renderMarkdown(guide, terminal) : guide;
  }
  const known = [...commandNames, ...guideNames, ...toolNames];
  const hint = suggestionOf(topic, known, (found) => (isToolName(found) ? `help call ${found}` : found));
  throw new UsageError(`There is no command or guide "${topic}"${hint}`);
}

const isToolName = (name: string) => toolNames.some((tool) => tool === name);

export function version({ build }: CliServices, terminal: Terminal): ExitCode {
  terminal.print(versionLine(build));
  return exitCodes.done;
}

/** The name of this build, in one line. */
export function versionLine({ version, commit, runtime, platform }: BuildFacts): string {
  return `tfo-mcp ${version} (commit ${commit}, ${runtime}, ${platform})`;
}
