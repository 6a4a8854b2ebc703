import { isJsonObject, type JsonObject, type JsonValue } from '../../../domain/shared/json.ts';

/**
 * Reads a typed text for a property with this JSON Schema: the text itself where the schema takes a string, else the JSON value it
 * spells, if the schema takes that. A text that is neither stays one: the tool says what it expected.
 */
export function coerce(text: string, schema: JsonObject): JsonValue {
  const types = typesOf(schema);
  if (types.size === 0 || types.has('string')) return text;
  try {
    const value: JsonValue = JSON.parse(text);
    return types.has(typeOf(value)) || (types.has('integer') && Number.isInteger(value)) ? value : text;
  } catch {
    return text;
  }
}

/** The types that a schema takes, those of its alternatives and of its listed values included. */
function typesOf(schema: JsonObject): ReadonlySet<string> {
  const named = listOf(schema['type']).filter((type) => typeof type === 'string');
  const alternatives = [...listOf(schema['anyOf']), ...listOf(schema['oneOf'])].filter(isJsonObject);
  const values = [...listOf(schema['enum']), ...('const' in schema ? [schema['const']] : [])];
  return new Set([...named, ...alternatives.flatMap((one) => [...typesOf(one)]), ...values.map(typeOf)]);
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as JsonValue];
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
