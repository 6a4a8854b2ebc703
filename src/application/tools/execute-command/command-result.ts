import * as v from 'valibot';
import { cutOutputs } from '../../../domain/policy/commands/output-cut.ts';
import { stringifyObject } from '../../../domain/shared/json-text.ts';
import { errorResult, structuredResult, type ToolResult } from '../../../domain/tool/tool-result.ts';
import type { CommandOutcome } from '../../ports/processes.ts';
import { noteOf } from './command-note.ts';

/** The structured result of a command that ended well; one that didn't is text only. */
export const commandOutput = v.strictObject({
  exit_code: v.nullable(v.number()),
  signal: v.nullable(v.string()),
  stdout: v.string(),
  stderr: v.string(),
  timed_out: v.boolean(),
  truncated: v.boolean(),
  duration_ms: v.number(),
  note: v.optional(v.string()),
});

/** A command that failed is an error to the model: the same JSON, as text only. @param maxOutputBytes of both outputs, encoded */
export function commandResult(outcome: CommandOutcome, maxOutputBytes: number): ToolResult {
  const { stdout, stderr, truncated } = cutOutputs(outcome, maxOutputBytes);
  const note = noteOf(outcome);
  const value = {
    exit_code: outcome.exitCode,
    signal: outcome.signal,
    stdout,
    stderr,
    timed_out: outcome.timedOut,
    truncated,
    duration_ms: Math.round(outcome.durationMs),
    ...(note !== undefined && { note }),
  };
  const isDone = outcome.exitCode === 0 && !outcome.timedOut;
  return isDone ? structuredResult(value) : errorResult(stringifyObject(value));
}
