import { isJsonObject, type JsonObject, type JsonValue } from '../shared/json.ts';
import { wholeEnd } from '../text/utf8.ts';

/** Characters of a text in a list that are kept. */
const LIST_TEXT = 300;

/** Bytes of any other text that are kept. */
const TEXT_BYTES = 4 * 1024;

/** Levels of arrays and objects that are kept. */
const DEEPEST = 16;

interface CutValue<Value extends JsonValue = JsonValue> {
  readonly value: Value;
  /** Texts that lost their ends, and values that are too deep: each says so in its place. */
  readonly cuts: number;
}

/** Cuts the long texts in a value: in lists at 300 characters, elsewhere at 4 KiB. Each says how long it was. */
export function cutTexts<Value extends JsonValue>(value: Value, isInList = false): CutValue<Value> {
  let cuts = 0;
  const cut = (kept: string) => {
    cuts += 1;
    return kept;
  };
  const part = (whole: JsonValue, inList: boolean, depth: number): JsonValue => {
    if (typeof whole === 'string') {
      const end = inList ? wholeEnd(whole, LIST_TEXT) : unitsWithin(whole);
      return whole.length > end ? cut(`${whole.slice(0, end)}… (${whole.length} characters)`) : whole;
    }
    if (typeof whole !== 'object' || whole === null) return whole;
    if (depth === DEEPEST) return cut('…');
    if (!isJsonObject(whole)) return whole.map((item) => part(item, true, depth + 1));
    return Object.fromEntries(
      Object.entries(whole).flatMap(([name, member]) =>
        member === undefined ? [] : [[name, part(member, inList, depth + 1)]],
      ),
    ) as JsonObject;
  };
  return { value: part(value, isInList, 0) as Value, cuts };
}

const encoder = new TextEncoder();

/** The length of the longest beginning of a text that takes no more bytes, in whole characters. */
const unitsWithin = (text: string) =>
  text.length * 3 <= TEXT_BYTES ? text.length : encoder.encodeInto(text, new Uint8Array(TEXT_BYTES)).read;
