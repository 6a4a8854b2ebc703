import type { ToolResult } from '../../../domain/tool/tool-result.ts';
import {
  argumentsFor,
  fetchArguments,
  readCallArguments,
  requireKnown,
  typingHints,
} from '../call/call-arguments.ts';
import { printResult, printResultJson } from '../call/print-result.ts';
import { terminalContext } from '../call/terminal-context.ts';
import { ValueReader } from '../call/value-origin.ts';
import type { CallInvocation } from '../command-line/invocation.ts';
import { type ExitCode, exitCodes } from '../failures/exit-codes.ts';
import { tellNotices } from '../failures/messages.ts';
import { requirePrepared } from '../failures/require-prepared.ts';
import type { CliServices } from '../services.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { requireTool } from '../whole-surface.ts';

/**
 * Calls a tool through the same pipeline as a client's call.
 * @throws InvalidConfiguration, UsageError, and DomainError for what no result can say
 */
export async function call(
  { request, json, tool: name, words }: CallInvocation,
  services: CliServices,
  terminal: Terminal,
  interrupted: AbortSignal,
): Promise<ExitCode> {
  const typed = readCallArguments(words);
  const prepared = await requirePrepared(request, services);
  tellNotices(prepared.notices, terminal);
  try {
    const tool = await requireTool(prepared.application, name);
    requireKnown(tool, typed);
    const given = await fetchArguments(typed, new ValueReader({ terminal, command: 'call', interrupted }));
    const message = { name, arguments: argumentsFor(tool, given) };
    const context = terminalContext(prepared, terminal, interrupted);
    const result = await prepared.application.commands.executeTool(message, context);
    // The words of an aborted tool are for nobody.
    if (interrupted.aborted) return exitCodes.interrupted;
    if (json) printResultJson(result, terminal);
    else printResult(name, result, terminal);
    if (result.isError) for (const hint of typingHints(tool, given)) terminal.tell(hint);
    return hasFailed(result) ? exitCodes.failed : exitCodes.done;
  } finally {
    await prepared.finish();
  }
}

/** True for an error, and for a command that did not end with 0: a shell asks the same. */
function hasFailed({ isError, structuredContent }: ToolResult): boolean {
  const code = structuredContent?.['exit_code'];
  return isError || (code !== undefined && code !== 0);
}
