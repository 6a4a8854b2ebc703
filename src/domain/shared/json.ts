import { wholeEnd } from '../text/utf8.ts';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

/** True if a parsed JSON value is an object: neither an array nor null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const EMPTY: JsonObject = {};

/** The object that a value stands for: an empty array is how PHP and others write an empty one. */
export function objectOf(value: unknown): JsonObject | undefined {
  if (isJsonObject(value)) return value;
  return Array.isArray(value) && value.length === 0 ? EMPTY : undefined;
}

/** The type of a value, in a word, for messages that say what was expected. */
export function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  return `a ${typeof value}`;
}

const BLOCK = 16_384;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROL = /[\x00-\x1f]/;

/** A text as JSON. Long plain stretches, as in a command's output, are found five times as fast as JSON.stringify copies them. */
export function quoteText(text: string): string {
  if (text.length < BLOCK) return JSON.stringify(text);
  let quoted = '"';
  for (let at = 0, end = 0; at < text.length; at = end) {
    end = wholeEnd(text, at + BLOCK);
    const block = text.slice(at, end);
    quoted += isPlain(block) ? block : JSON.stringify(block).slice(1, -1);
  }
  return `${quoted}"`;
}

/** The same as JSON.stringify makes of it. */
export function stringifyObject(value: JsonObject): string {
  let members = '';
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const text = typeof member === 'string' ? quoteText(member) : JSON.stringify(member);
    members += `${members === '' ? '' : ','}${JSON.stringify(name)}:${text}`;
  }
  return `{${members}}`;
}

/**
 * JSON text without U+0085, U+2028 and U+2029, which say the same escaped. JSON takes them raw, but many readers of lines end one
 * there: Python's `splitlines`, Java's regular expressions, the SSE parsers of several hosts (typescript-sdk#1925,
 * python-sdk#1356). One question each: that is answered at once for Latin-1 text, and a tenth of what a regular expression costs.
 */
export function escapeLineSeparators(json: string): string {
  if (!json.includes('\u2028') && !json.includes('\u2029') && !json.includes('\u0085')) return json;
  return json.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029').replaceAll('\u0085', '\\u0085');
}

/** True if JSON leaves the text as it is. One question each: together, as one expression, they take seven times as long. */
const isPlain = (text: string) =>
  !text.includes('"') && !text.includes('\\') && !CONTROL.test(text) && text.isWellFormed();
