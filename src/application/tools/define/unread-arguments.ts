import { isJsonObject, type JsonObject } from '../../../domain/shared/json.ts';
import type { Schema } from './json-schema.ts';

/** Members that valibot leaves out of every object without a word. */
const LEFT_OUT: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/**
 * Says of the first argument that the schema takes without reading it as it came: some members are left out, and a list counts as
 * an object whose names are numbers. An empty one is an empty object, as PHP writes it.
 * @returns undefined if all is read
 */
export function unreadArgument(schema: Schema, args: JsonObject): string | undefined {
  const { entries = {} } = schema as { entries?: Record<string, { wrapped?: { type: string } }> };
  for (const [name, value] of Object.entries(args)) {
    if (Array.isArray(value) && value.length > 0 && entries[name]?.wrapped?.type === 'object_with_rest')
      return `"${name}": expected an object such as {"NAME": "value"}, got an array`;
    const member = isJsonObject(value) && LEFT_OUT.find((one) => Object.hasOwn(value, one));
    if (member) return `"${name}.${member}": expected another name, this one can't be used`;
  }
  return undefined;
}
