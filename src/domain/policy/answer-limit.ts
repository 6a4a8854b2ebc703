import type { ToolResult } from '../tool/tool-result.ts';

/** The official clients close the connection on a longer line (typescript-sdk#2239). */
export const MAX_ANSWER_BYTES = 10 * 1024 * 1024;

/** Room for what the protocol wraps around a result. */
const ENVELOPE_BYTES = 4096;

/** One UTF-16 unit takes at most six bytes of JSON, as in \u001f. */
const MOST_BYTES_A_UNIT = 6;

/** Whether a result, encoded, would reach what a client takes in one message. */
export function exceedsAnswerLimit(result: ToolResult): boolean {
  const limit = MAX_ANSWER_BYTES - ENVELOPE_BYTES;
  if (
    result.structuredContent === undefined &&
    result.meta === undefined &&
    roughSize(result) * MOST_BYTES_A_UNIT < limit
  ) {
    return false; // most answers: no need to encode them twice
  }
  return utf8Length(JSON.stringify(result)) >= limit;
}

function roughSize(result: ToolResult): number {
  let units = 0;
  for (const block of result.content) {
    if (block.type !== 'text') return Number.POSITIVE_INFINITY;
    units += block.text.length + 64;
  }
  return units;
}

/** How many bytes a string takes in UTF-8; a lone surrogate counts as the three of U+FFFD. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes += 1;
    else if (isHighSurrogate(unit) && isLowSurrogate(text.charCodeAt(at + 1))) {
      bytes += 2;
      at += 1;
    } else bytes += 2;
  }
  return bytes;
}

const isHighSurrogate = (unit: number) => unit >= 0xd800 && unit < 0xdc00;
const isLowSurrogate = (unit: number) => unit >= 0xdc00 && unit < 0xe000;
