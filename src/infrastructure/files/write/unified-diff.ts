import type { StructuredPatchHunk } from 'diff';
import type { TextChange } from '../../../application/ports/text-diff.ts';

const CONTEXT = 3;

/**
 * The search for the shortest difference takes the square of its length: this many lines take some milliseconds. Longer ones are
 * told as one block instead, from the first line that differs to the last.
 */
const MAX_EDITS = 500;

export async function unifiedDiff({ path, before: old, after }: TextChange): Promise<string> {
  if (old === after) return '';
  const before = old ?? '';
  const { FILE_HEADERS_ONLY, formatPatch, structuredPatch } = await import('diff');
  const names = [old === undefined ? '/dev/null' : path, path] as const;
  const patch = structuredPatch(...names, before, after, undefined, undefined, {
    context: CONTEXT,
    maxEditLength: MAX_EDITS,
  });
  const hunks = patch?.hunks ?? [oneHunk(before, after)];
  const [oldFileName, newFileName] = names;
  return formatPatch({ oldFileName, newFileName, oldHeader: '', newHeader: '', hunks }, FILE_HEADERS_ONLY);
}

function oneHunk(before: string, after: string): StructuredPatchHunk {
  const [old, now] = [linesOf(before), linesOf(after)];
  const shorter = Math.min(old.length, now.length);
  let same = 0;
  while (same < shorter && old[same] === now[same]) same += 1;
  let sameAtEnd = 0;
  while (sameAtEnd < shorter - same && old.at(-1 - sameAtEnd) === now.at(-1 - sameAtEnd)) sameAtEnd += 1;
  const start = Math.max(0, same - CONTEXT);
  const end = Math.max(0, sameAtEnd - CONTEXT);
  const oldLines = old.length - end - start;
  const newLines = now.length - end - start;
  return {
    oldStart: start + 1,
    oldLines,
    newStart: start + 1,
    newLines,
    lines: [
      ...old.slice(start, same).map((line) => mark(' ', line)),
      ...old.slice(same, old.length - sameAtEnd).map((line) => mark('-', line)),
      ...now.slice(same, now.length - sameAtEnd).map((line) => mark('+', line)),
      ...old.slice(old.length - sameAtEnd, old.length - end).map((line) => mark(' ', line)),
    ].flat(),
  };
}

/** With their ends, so that one without differs from one with. */
const linesOf = (text: string) => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

const mark = (sign: string, line: string) =>
  line.endsWith('\n') ? [sign + line.slice(0, -1)] : [sign + line, '\\ No newline at end of file'];
