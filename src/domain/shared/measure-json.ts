/** Counts of a JSON text; counting ends one above a limit. */
export interface JsonMeasure {
  /** Values, those inside of others included. */
  readonly values: number;
  /** Members, where the text is one array. */
  readonly members: number;
  /** Levels of arrays and objects. */
  readonly depth: number;
}

export type JsonLimits = Pick<JsonMeasure, 'values' | 'members'>;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const SPACE = 0x20;
const OPENING_BRACKET = 0x5b;
/** The codes of "[" and "{", and those of "]" and "}", differ in this bit alone. */
const BRACE_BIT = 0x20;
const OPENING = 0x7b;
const CLOSING = 0x7d;

/**
 * Counts what `JSON.parse` would make of a text without making any of it: parsing takes seconds and gigabytes for millions of empty
 * objects. Looks at each character once, in strings mostly not even that. Of text that is no JSON the counts mean nothing.
 */
export function measureJson(text: string, limits: JsonLimits): JsonMeasure {
  const endOfString = stringEnds(text);
  const start = skipSpace(text, 0);
  const isArray = text.charCodeAt(start) === OPENING_BRACKET;
  let values = 1;
  let members = 0;
  let level = 0;
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) at = endOfString(at + 1);
    else if (unit === COMMA) {
      values += 1;
      if (level === 1) members += 1;
    } else if ((unit | BRACE_BIT) === OPENING) {
      level += 1;
      if (level > depth) depth = level;
      const next = skipSpace(text, at + 1);
      at = next - 1;
      if ((text.charCodeAt(next) | BRACE_BIT) === CLOSING) continue; // empty
      values += 1;
      if (level === 1) members = 1;
    } else if ((unit | BRACE_BIT) === CLOSING) {
      level -= 1;
      continue;
    } else continue;
    if (values > limits.values || (isArray && members > limits.members)) break;
  }
  return { values, members: isArray ? members : 0, depth };
}

/** The white space of RFC 8259, section 2; a control character is no JSON anyway. */
function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= SPACE) at += 1;
  return at;
}

/** Characters of a string that are looked at one by one before the whole rest of the text is searched. */
const NEAR = 64;

/**
 * Finds where strings end. Each search of the rest is kept until the scan has come to what it found: a text is searched once for
 * quotes and once for backslashes, whatever its strings look like.
 */
function stringEnds(text: string): (from: number) => number {
  let quote = -1;
  let backslash = -1;
  const search = (unit: string, from: number) => {
    const found = text.indexOf(unit, from);
    return found === -1 ? text.length : found;
  };
  return (from) => {
    let at = from;
    for (;;) {
      for (const near = Math.min(at + NEAR, text.length); at < near; at++) {
        const unit = text.charCodeAt(at);
        if (unit === QUOTE) return at;
        if (unit === BACKSLASH) at += 1;
      }
      if (at >= text.length) return text.length;
      if (quote < at) quote = search('"', at);
      if (backslash < at) backslash = search('\\', at);
      if (quote <= backslash) return quote;
      at = backslash;
    }
  };
}
