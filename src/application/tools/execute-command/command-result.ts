import * as v from 'valibot';
import {
  type CapturedOutput,
  cutOutputs,
  type OutputBound,
} from '../../../domain/policy/commands/output-cut.ts';
import { stringifyObject } from '../../../domain/shared/json.ts';
import { errorResult, structuredResult, type ToolResult } from '../../../domain/tool/tool-result.ts';
import type { CommandOutcome, LeftProcess } from '../../ports/processes.ts';

/** The structured result of a command that ran. What clients cut is the end: the outputs come last. */
export const commandOutput = v.strictObject({
  exit_code: v.nullable(v.number()),
  signal: v.nullable(v.string()),
  timed_out: v.boolean(),
  truncated: v.boolean(),
  duration_ms: v.number(),
  note: v.optional(v.string()),
  stdout: v.string(),
  stderr: v.string(),
});

/**
 * A command that ran is a result, whatever its exit code or the signal that ended it: some clients make an exception of an error.
 * One that was ended here, since its time was up, is an error: the same JSON, as text only.
 */
export function commandResult(outcome: CommandOutcome, bound: OutputBound): ToolResult {
  const { stdout, stderr, truncated } = cutOutputs(outcome, bound);
  const note = noteOf(outcome);
  const value = {
    exit_code: outcome.exitCode,
    signal: outcome.signal,
    timed_out: outcome.timedOut,
    truncated,
    duration_ms: Math.round(outcome.durationMs),
    ...(note !== undefined && { note }),
    stdout,
    stderr,
  };
  return outcome.timedOut ? errorResult(stringifyObject(value), 'command.timeout') : structuredResult(value);
}

const MOST_NAMED = 10;

/** Facts about a command's end that the model has to know beside its figures, if there are any. */
function noteOf({ stdout, stderr, leftRunning }: CommandOutcome): string | undefined {
  const notes = [ended(leftRunning), encodingOf('stdout', stdout), encodingOf('stderr', stderr)];
  return notes.filter((note) => note !== undefined).join('\n') || undefined;
}

function ended(left: readonly LeftProcess[]): string | undefined {
  if (left.length === 0) return undefined;
  const named = left.slice(0, MOST_NAMED).map(({ name, pid }) => `${name} (${pid})`);
  if (left.length > MOST_NAMED) named.push(`${left.length - MOST_NAMED} more`);
  return `Ended with the command, which left it running: ${named.join(', ')}. Nothing can be kept running (nohup, setsid and disown don’t help): run it in the foreground, with a timeout as long as it is needed, or ask the user to start it`;
}

function encodingOf(name: string, { encoding, invalidBytes = 0 }: CapturedOutput): string | undefined {
  const lost =
    invalidBytes > 0 &&
    `${invalidBytes} ${invalidBytes === 1 ? 'byte' : 'bytes'} of ${name} ${invalidBytes === 1 ? 'is' : 'are'} not ${encoding ?? 'UTF-8'}, shown as U+FFFD; to see all, convert the output (iconv -f ENCODING -t UTF-8)`;
  if (encoding === undefined) return lost || undefined;
  const read = `${name} is not UTF-8 and was read as ${encoding}, the encoding of the locale`;
  return lost ? `${read}\n${lost}` : read;
}
