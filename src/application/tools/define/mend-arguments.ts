import * as v from 'valibot';
import { type JsonObject, type JsonValue, objectOf } from '../../../domain/shared/json.ts';
import { measureJson } from '../../../domain/shared/measure-json.ts';
import type { Schema } from './json-schema.ts';

/** A valibot schema, as far as it is looked into: pipes have the members of their first schema. */
interface Shape {
  readonly type: string;
  /** Of an optional one. */
  readonly wrapped?: Shape;
  /** Of an object: its known members, and all others. */
  readonly entries?: Readonly<Record<string, Shape>>;
  readonly rest?: Shape;
  /** Of an array. */
  readonly item?: Shape;
}

const MOST_NAMES = 1000;

/**
 * Arguments that didn't fit, read as several clients mean them: they send `null` or `""` for what they leave out, and numbers,
 * booleans, arrays and objects as their JSON text. Required arguments stay as they are, and so do those of text.
 * @param decisive optional arguments whose default isn't what `""` may stand for: a file would come to be another
 */
export function mendArguments(
  schema: Schema,
  args: JsonObject,
  decisive: readonly string[] = [],
): JsonObject {
  const { entries = {} } = schema as unknown as Shape;
  // No tool has as many: they are refused, and to copy a hundred thousand takes everyone's time.
  if (Object.keys(args).length > MOST_NAMES) return args;
  const mended = { ...args };
  for (const [name, { wrapped }] of Object.entries(entries)) {
    const value = Object.hasOwn(args, name) ? args[name] : undefined;
    if (wrapped === undefined || value === undefined) continue;
    const read = mend(wrapped, value, decisive.includes(name));
    if (read === undefined) delete mended[name];
    else mended[name] = read;
  }
  return mended;
}

/** @returns undefined for what was left out */
function mend(shape: Shape, value: JsonValue, isDecisive: boolean): JsonValue | undefined {
  if (value === null) return undefined;
  if (!isDecisive && value === '' && !fits(shape, value)) return undefined;
  if (shape.type === 'string') return value;
  const read = readAs(shape, value);
  return read === null && !isDecisive ? undefined : (read ?? value);
}

const fits = (shape: Shape, value: JsonValue) => v.safeParse(shape as unknown as Schema, value).success;

function readAs(shape: Shape, value: JsonValue): JsonValue {
  const { type, item, entries, rest } = shape;
  switch (type) {
    case 'string':
      return textOf(value);
    case 'number':
      return parsed(value, (found) => typeof found === 'number');
    case 'boolean':
      return booleanOf(value);
    case 'array': {
      const list = parsed(value, Array.isArray);
      return Array.isArray(list) && item ? list.map((member: JsonValue) => readAs(item, member)) : list;
    }
    case 'object_with_rest':
    case 'strict_object': {
      const found = parsed(value, (one) => objectOf(one) !== undefined);
      const object = objectOf(found);
      return object ? readMembers(object, { entries: entries ?? {}, rest }) : found;
    }
    default:
      return value;
  }
}

function readMembers(
  object: JsonObject,
  { entries, rest }: { entries: Readonly<Record<string, Shape>>; rest: Shape | undefined },
): JsonObject {
  const read = Object.entries(object).map(([name, value]): [string, JsonValue] => {
    const shape = Object.hasOwn(entries, name) ? entries[name] : rest;
    return [
      name,
      shape && value !== undefined ? readAs(shape.wrapped ?? shape, value) : (value as JsonValue),
    ];
  });
  return Object.fromEntries(read);
}

/** A number or a boolean where only text can be meant, such as a port among environment variables. */
function textOf(value: JsonValue): JsonValue {
  const isExact = typeof value === 'number' && (Number.isSafeInteger(value) || !Number.isInteger(value));
  return isExact || typeof value === 'boolean' ? String(value) : value;
}

/** As JSON and Python write it. */
function booleanOf(value: JsonValue): JsonValue {
  if (value === 'true' || value === 'True') return true;
  return value === 'false' || value === 'False' ? false : parsed(value);
}

/** Arguments of more text, or of more values in it, are none that a client means; text in a message was not measured before. */
const MOST_CHARACTERS = 1024 * 1024;
const MOST_VALUES = 10_000;

const isMuch = (text: string) =>
  text.length > MOST_CHARACTERS ||
  measureJson(text, { values: MOST_VALUES, members: MOST_VALUES }).values > MOST_VALUES;

/** Gives the value that a text spells in JSON, if it is `null` or accepted; anything else as it came. */
function parsed(value: JsonValue, accepts: (found: unknown) => boolean = () => false): JsonValue {
  if (typeof value !== 'string' || isMuch(value)) return value;
  try {
    const found: JsonValue = JSON.parse(value);
    return found === null || accepts(found) ? found : value;
  } catch {
    return value; // not JSON: what was expected is said of the text itself
  }
}
