import type { Entry, Match } from '../../../application/ports/file-tree.ts';
import type { JsonObject } from '../../../domain/shared/json.ts';
import { alignColumns } from '../terminal/align-columns.ts';
import { showable } from '../terminal/showable.ts';
import { showableName } from '../terminal/showable-name.ts';
import type { Paint } from '../terminal/terminal.ts';

/** A result as a person reads it: what goes to stdout, and what is told beside it. */
export interface Listing {
  readonly text: string;
  readonly remarks: readonly string[];
}

type Describe = (value: JsonObject, paint: Paint) => Listing;

/** The tools whose results people read otherwise; what others return is shown as indented JSON. */
const listings: Readonly<Record<string, Describe>> = {
  write_file: describeWriting,
  list_directory: describeEntries,
  search_files: describeMatches,
  execute_command: describeCommand,
  claude_conversation: describeAnswer,
};

/** The structured result of a tool, for a person at a terminal. */
export function describeStructured(tool: string, value: JsonObject, paint: Paint): Listing {
  const describe = Object.hasOwn(listings, tool) ? listings[tool] : undefined;
  if (describe !== undefined) return describe(value, paint);
  return { text: showable(JSON.stringify(value, null, 2), { shown: true }), remarks: [] };
}

type Listed = { readonly entries: readonly Entry[]; readonly truncated: boolean } & {
  readonly next_cursor?: string;
  readonly unreadable?: readonly string[];
  readonly more_unreadable?: number;
};

const MARKS: Readonly<Record<string, string>> = { directory: '/', symlink: '@' };

function describeEntries(value: JsonObject): Listing {
  const { entries, truncated, next_cursor, unreadable = [], more_unreadable } = value as unknown as Listed;
  const rows = entries.map(({ path, type, size, modified }) => [
    ...(modified === undefined ? [] : [modified, String(size ?? '')]),
    `${showableName(path)}${MARKS[type] ?? ''}`,
  ]);
  return {
    text: alignColumns(rows).join('\n'),
    remarks: [
      ...(entries.length === 0 ? ['There is nothing in it'] : []),
      ...unreadable.map((path) => `Not readable: ${showableName(path)}`),
      ...(more_unreadable === undefined ? [] : [`${more_unreadable} more are not readable`]),
      ...(truncated ? [`There is more; go on with cursor=${next_cursor ?? ''}, or give a limit`] : []),
    ],
  };
}

type Found = { readonly matches: readonly Match[]; readonly truncated: boolean } & {
  readonly skipped: Readonly<Record<string, number>>;
  readonly note?: string;
};

function describeMatches(value: JsonObject, paint: Paint): Listing {
  const { matches, truncated, skipped, note } = value as unknown as Found;
  const passed = Object.entries(skipped).map(([reason, count]) => `${count} ${reason.replaceAll('_', ' ')}`);
  return {
    text: matches.flatMap((match) => describeMatch(match, paint)).join('\n'),
    remarks: [
      ...(matches.length === 0 ? ['Nothing was found'] : []),
      ...(note === undefined ? [] : [note]),
      ...(passed.length === 0 ? [] : [`Passed over: ${passed.join(', ')}`]),
      ...(truncated ? ['There is more; give a higher limit, or a narrower pattern'] : []),
    ],
  };
}

/** Lines as grep writes them: `path:line:text`, and `path-line-text` around a match. */
function describeMatch(
  { path, line, text, before = [], after = [] }: Match,
  paint: Paint,
): readonly string[] {
  const name = paint('bold', showableName(path));
  if (line === undefined) return [name];
  const around = (lines: readonly string[], first: number) =>
    lines.map((one, index) => `${name}-${first + index}-${lineOf(one)}`);
  return [
    ...around(before, line - before.length),
    `${name}:${line}:${lineOf(text ?? '')}`,
    ...around(after, line + 1),
  ];
}

type Ran = {
  readonly exit_code: number | null;
  readonly signal: string | null;
  readonly timed_out: boolean;
  readonly truncated: boolean;
  readonly note?: string;
  readonly stdout: string;
  readonly stderr: string;
};

function describeCommand(value: JsonObject): Listing {
  const { exit_code, signal, timed_out, truncated, note, stdout, stderr } = value as unknown as Ran;
  const end =
    signal === null ? `The command ended with exit code ${exit_code}` : `The command was ended by ${signal}`;
  return {
    text: showable(stdout, { shown: true }),
    remarks: [
      ...(stderr === '' ? [] : [showable(stderr, { shown: true }).replace(/\n$/, '')]),
      ...(truncated ? ['Its output is not whole; give max_output'] : []),
      ...(note === undefined ? [] : [note]),
      ...(exit_code === 0
        ? []
        : [timed_out ? 'The command took longer than its timeout, and was ended' : end]),
    ],
  };
}

type Written = { readonly path: string; readonly bytes_written: number; readonly diff?: string };

function describeWriting(value: JsonObject): Listing {
  const { path, bytes_written, diff } = value as unknown as Written;
  const done = diff === undefined ? `Wrote ${bytes_written} bytes to` : 'Nothing was written to';
  return { text: showable(diff ?? '', { shown: true }), remarks: [`${done} ${showableName(path)}`] };
}

type Answer = { readonly conversation_id: string; readonly text: string };

function describeAnswer(value: JsonObject): Listing {
  const { conversation_id, text } = value as unknown as Answer;
  return {
    text: showable(text, { shown: true }),
    remarks: [`This is conversation_id=${conversation_id}`],
  };
}

const lineOf = (text: string) => showable(text, { shown: true });
