import type { Application } from '../../../application/application.ts';
import type { Prompt, PromptResult } from '../../../domain/prompt/prompt.ts';
import { suggestionOf } from '../../../domain/shared/nearest-name.ts';
import { encodePromptResult } from '../../protocol/wire/encode-surface.ts';
import { describeContent } from '../call/print-result.ts';
import { terminalContext } from '../call/terminal-context.ts';
import { readTypedValue, type ValueOrigin, ValueReader } from '../call/value-origin.ts';
import type { PromptInvocation } from '../command-line/invocation.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { type ExitCode, exitCodes } from '../failures/exit-codes.ts';
import { tellNotices } from '../failures/messages.ts';
import { requirePrepared } from '../failures/require-prepared.ts';
import type { CliServices } from '../services.ts';
import { jsonShape, printJson } from '../terminal/json-output.ts';
import { showable } from '../terminal/showable.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { argumentUsage } from '../tool-arguments.ts';
import { wholeSurface } from '../whole-surface.ts';

/**
 * Writes a prompt through the same pipeline as a client's request.
 * @throws InvalidConfiguration, UsageError for mistyped names, DomainError for arguments that are missing
 */
export async function prompt(
  { request, json, prompt: name, words }: PromptInvocation,
  services: CliServices,
  terminal: Terminal,
  interrupted: AbortSignal,
): Promise<ExitCode> {
  const typed = readArguments(words);
  const prepared = await requirePrepared(request, services);
  tellNotices(prepared.notices, terminal);
  try {
    requireNames(await requirePrompt(prepared.application, name), typed);
    const given = await fetchArguments(typed, new ValueReader({ terminal, command: 'prompt', interrupted }));
    const context = terminalContext(prepared, terminal, interrupted);
    const result = await prepared.application.queries.getPrompt({ name, arguments: given }, context);
    if (interrupted.aborted) return exitCodes.interrupted;
    if (json) printJson(encodePromptResult(result, jsonShape), terminal);
    else printMessages(result, terminal);
    return exitCodes.done;
  } finally {
    await prepared.finish();
  }
}

type TypedValues = ReadonlyMap<string, string | ValueOrigin>;

function readArguments(words: readonly string[]): TypedValues {
  const given = new Map<string, string | ValueOrigin>();
  for (const word of words) {
    const [, key, value = ''] = /^([^=]+)=(.*)$/s.exec(word) ?? [];
    if (key === undefined) throw usage(`Expected an argument as KEY=VALUE, got "${word}"`);
    if (given.has(key)) throw usage(`Expected "${key}" once, got it twice`);
    given.set(key, readTypedValue(value));
  }
  return given;
}

async function fetchArguments(
  typed: TypedValues,
  reader: ValueReader,
): Promise<Readonly<Record<string, string>>> {
  const fetched = new Map<string, string>();
  for (const [key, value] of typed)
    fetched.set(key, typeof value === 'string' ? value : await reader.read(value, `"${key}"`));
  return Object.fromEntries(fetched);
}

async function requirePrompt(application: Application, name: string): Promise<Prompt> {
  const { prompts } = await wholeSurface(application);
  const found = prompts.find((candidate) => candidate.name === name);
  if (found) return found;
  const names = prompts.map((candidate) => candidate.name);
  const all = names.length === 0 ? 'there are none' : `there are ${names.join(', ')}`;
  throw usage(`Unknown prompt "${name}"${suggestionOf(name, names) || `; ${all}`}`);
}

function requireNames({ name, arguments: known }: Prompt, given: TypedValues): void {
  const names = known.map((argument) => argument.name);
  const stray = [...given.keys()].find((key) => !names.includes(key));
  if (stray === undefined) return;
  const all = argumentUsage(known) || 'no arguments';
  throw usage(`"${name}" has no argument "${stray}"${suggestionOf(stray, names)} (it takes ${all})`);
}

/** Content that a terminal can't show is described on stderr. */
function printMessages({ messages }: PromptResult, terminal: Terminal): void {
  for (const { content } of messages) {
    if (content.type === 'text') terminal.print(showable(content.text, terminal));
    else terminal.tell(`${describeContent(content)}; --json prints it`);
  }
}

const usage = (message: string) => new UsageError(message, { command: 'prompt' });
