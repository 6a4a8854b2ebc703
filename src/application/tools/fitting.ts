import { exceedsAnswerLimit, MAX_ANSWER_BYTES } from '../../domain/policy/answer-limit.ts';
import { escapeLineSeparators, type JsonObject } from '../../domain/shared/json.ts';
import { utf8Length } from '../../domain/text/utf8.ts';
import { structuredResult, type ToolResult } from '../../domain/tool/tool-result.ts';

/** For everything in a result besides its items. */
const RESERVED_BYTES = 256 * 1024;
const ROOM = MAX_ANSWER_BYTES - RESERVED_BYTES;

/**
 * The structured result of as many of the items, from the first, as fit into an answer that a client takes.
 * @param describe makes the result of those that are kept
 */
export function fitting<Item extends JsonObject>(
  items: readonly Item[],
  describe: (kept: readonly Item[]) => JsonObject,
): ToolResult {
  const whole = structuredResult(describe(items));
  if (!exceedsAnswerLimit(whole)) return whole; // most answers
  const kept = items.slice(0, countFitting(items));
  return kept.length === items.length ? whole : structuredResult(describe(kept));
}

function countFitting(items: readonly JsonObject[]): number {
  let used = 0;
  for (const [at, item] of items.entries()) {
    const json = escapeLineSeparators(JSON.stringify(item));
    used += utf8Length(json) + utf8Length(JSON.stringify(json));
    if (used > ROOM) return at;
  }
  return items.length;
}
