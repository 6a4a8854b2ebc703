import type { Application } from '../../../application/application.ts';
import type { Tool } from '../../../domain/tool/tool.ts';
import { argumentsFor, readCallArguments } from '../call/call-arguments.ts';
import { printResult, printResultJson } from '../call/print-result.ts';
import { terminalContext } from '../call/terminal-context.ts';
import type { CallInvocation } from '../command-line/invocation.ts';
import { suggestion, UsageError } from '../command-line/usage-error.ts';
import { type ExitCode, exitCodes } from '../failures/exit-codes.ts';
import { tellNotices } from '../failures/messages.ts';
import { requirePrepared } from '../failures/require-prepared.ts';
import type { CliServices } from '../services.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { wholeSurface } from '../whole-surface.ts';

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
  const given = readCallArguments(words);
  const prepared = await requirePrepared(request, services);
  tellNotices(prepared.notices, terminal);
  const tool = await requireTool(prepared.application, name);
  const message = { name, arguments: argumentsFor(tool, given) };
  try {
    const context = terminalContext(prepared, terminal, interrupted);
    const result = await prepared.application.commands.executeTool(message, context);
    // The words of an aborted tool are for nobody.
    if (interrupted.aborted) return exitCodes.interrupted;
    if (json) printResultJson(result, terminal);
    else printResult(result, terminal);
    return result.isError ? exitCodes.failed : exitCodes.done;
  } finally {
    await prepared.finish();
  }
}

async function requireTool(application: Application, name: string): Promise<Tool> {
  const { tools } = await wholeSurface(application);
  const found = tools.find((tool) => tool.name === name);
  if (found) return found;
  const names = tools.map((tool) => tool.name);
  const all = names.length === 0 ? 'there are none' : `there are ${names.join(', ')}`;
  throw new UsageError(`Unknown tool "${name}"${suggestion(name, names) || `; ${all}`}`, { command: 'call' });
}
