import { exceedsAnswerLimit, MAX_ANSWER_BYTES } from '../../domain/policy/answer-limit.ts';
import { escapeLineSeparators, type JsonObject } from '../../domain/shared/json.ts';
import { takesAtLeast, utf8Length } from '../../domain/text/utf8.ts';
import { structuredResult, type ToolResult } from '../../domain/tool/tool-result.ts';

/** For everything in a message besides the items. */
const RESERVED_BYTES = 256 * 1024;
const ROOM = MAX_ANSWER_BYTES - RESERVED_BYTES;

/**
 * The structured result of as many of the items, from the first, as fit: into an answer that a client takes, and into `mostBytes` of
 * text. One item is always there, so that whoever reads on gets on.
 * @param describe makes the result of those that are kept
 */
export function fitting<Item extends JsonObject>(
  items: readonly Item[],
  describe: (kept: readonly Item[]) => JsonObject,
  mostBytes: number,
): ToolResult {
  const whole = structuredResult(describe(items));
  if (!exceedsAnswerLimit(whole) && !isTooLong(whole, mostBytes)) return whole; // most answers
  const frame = utf8Length(structuredResult(describe([])).json?.value ?? '');
  let kept = items.slice(0, Math.max(1, countFitting(items, mostBytes - frame)));
  for (;;) {
    const result = structuredResult(describe(kept));
    // The rest of the result can be longer where items are missing: it says so.
    if (kept.length <= 1 || !isTooLong(result, mostBytes)) return result;
    kept = kept.slice(0, -Math.ceil(kept.length / 50));
  }
}

const isTooLong = ({ json }: ToolResult, mostBytes: number) =>
  json !== undefined && takesAtLeast(mostBytes + 1, json.value);

function countFitting(items: readonly JsonObject[], mostBytes: number): number {
  let bytes = 0;
  let encoded = 0;
  for (const [at, item] of items.entries()) {
    const json = JSON.stringify(item);
    const escaped = escapeLineSeparators(json);
    bytes += utf8Length(json) + 1;
    encoded += utf8Length(escaped) + utf8Length(JSON.stringify(escaped));
    if (bytes > mostBytes || encoded > ROOM) return at;
  }
  return items.length;
}
