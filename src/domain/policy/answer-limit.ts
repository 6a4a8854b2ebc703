import { escapeLineSeparators } from '../shared/json.ts';
import { takesAtLeast, utf8Length } from '../text/utf8.ts';
import type { ToolResult } from '../tool/tool-result.ts';

/** The official clients close the connection on a longer line (typescript-sdk#2239). */
export const MAX_ANSWER_BYTES = 10 * 1024 * 1024;

/** Room for what the protocol wraps around a result. */
const ENVELOPE_BYTES = 4096;

/** One UTF-16 unit takes at most six bytes of JSON, as in \u001f. */
const MOST_BYTES_A_UNIT = 6;

/** True if a result, encoded, would reach the limit of what a client takes in one message. */
export function exceedsAnswerLimit(result: ToolResult): boolean {
  const limit = MAX_ANSWER_BYTES - ENVELOPE_BYTES;
  const { json, mostBytes, structuredContent, meta } = result;
  if (mostBytes !== undefined && structuredContent === undefined && meta === undefined)
    return mostBytes >= limit;
  if (json !== undefined && meta === undefined && result.content.length === 1) {
    const escapes = json.text.length - json.value.length; // a byte each
    return (
      json.value.length * MOST_BYTES_A_UNIT * 2 + escapes >= limit &&
      utf8Length(escapeLineSeparators(json.value)) * 2 + escapes >= limit
    );
  }
  if (
    structuredContent === undefined &&
    meta === undefined &&
    roughSize(result) * MOST_BYTES_A_UNIT < limit
  ) {
    return false; // most answers: no need to encode them twice
  }
  if (hasTextOf(limit, result)) return true; // before three times as much is made of it
  return takesAtLeast(limit, escapeLineSeparators(JSON.stringify(result)));
}

/** True if the texts alone take so many bytes. */
function hasTextOf(bytes: number, { content }: ToolResult): boolean {
  let room = bytes;
  for (const block of content) if (block.type === 'text') room -= utf8Length(block.text);
  return room <= 0;
}

function roughSize(result: ToolResult): number {
  let units = 0;
  for (const block of result.content) {
    if (block.type !== 'text') return Number.POSITIVE_INFINITY;
    units += block.text.length + 64;
  }
  return units;
}
