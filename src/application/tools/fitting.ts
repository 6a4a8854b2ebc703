import { MAX_ANSWER_BYTES, utf8Length } from '../../domain/policy/answer-limit.ts';
import type { JsonObject } from '../../domain/shared/json.ts';

/** For everything in a result besides its items. */
const RESERVED_BYTES = 256 * 1024;

/** A unit of JSON text takes at most three bytes of UTF-8, in the structured result and once more in the text. */
const MOST_BYTES_A_UNIT = 6;

/** As many of the items, from the first, as fit into an answer that holds them as structured content and the same as text. */
export function fitting<Item extends JsonObject>(items: readonly Item[]): readonly Item[] {
  const room = MAX_ANSWER_BYTES - RESERVED_BYTES;
  if (JSON.stringify(items).length * MOST_BYTES_A_UNIT < room) return items;
  let used = 0;
  for (const [at, item] of items.entries()) {
    const json = JSON.stringify(item);
    used += utf8Length(json) + utf8Length(JSON.stringify(json));
    if (used > room) return items.slice(0, at);
  }
  return items;
}
