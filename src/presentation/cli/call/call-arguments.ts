import { isJsonObject, type JsonObject, type JsonValue } from '../../../domain/shared/json.ts';
import type { Tool } from '../../../domain/tool/tool.ts';
import { suggestion, UsageError } from '../command-line/usage-error.ts';
import { argumentUsage, toolArguments } from '../tool-arguments.ts';

/** One argument as typed: text that has yet to become what the tool wants, or JSON that is it already. */
export type CallArgument =
  | { readonly key: string; readonly text: string }
  | { readonly key: string; readonly json: JsonValue };

/** Reads `key=value` and `key:=JSON`. @throws UsageError */
export function readCallArguments(words: readonly string[]): readonly CallArgument[] {
  const seen = new Set<string>();
  return words.map((word) => {
    const argument = readCallArgument(word);
    if (seen.has(argument.key))
      throw usage(`Expected "${argument.key}" once, got it twice; lists are given as JSON`);
    seen.add(argument.key);
    return argument;
  });
}

function readCallArgument(word: string): CallArgument {
  const [, key, mark, value = ''] = /^([^=]+?)(:?=)(.*)$/s.exec(word) ?? [];
  if (key === undefined) throw usage(`Expected an argument as KEY=VALUE or KEY:=JSON, got "${word}"`);
  return mark === '=' ? { key, text: value } : { key, json: readJson(key, value) };
}

function readJson(key: string, text: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`Expected JSON after "${key}:=", got "${text}"`, { command: 'call', cause });
  }
}

const usage = (message: string) => new UsageError(message, { command: 'call' });

/** The arguments in the types that the tool wants. @throws UsageError for names that it doesn't know, if it is closed */
export function argumentsFor(tool: Tool, given: readonly CallArgument[]): JsonObject {
  const schemas = new Map(toolArguments(tool).map(({ name, schema }) => [name, schema]));
  const closed = tool.inputSchema()['additionalProperties'] === false;
  const entries = given.map((argument) => {
    const { key } = argument;
    const schema = schemas.get(key);
    if (schema === undefined && closed) throw unknownArgument(tool, key, schemas.keys());
    return [key, 'json' in argument ? argument.json : coerce(argument.text, schema ?? {})];
  });
  return Object.fromEntries(entries);
}

function unknownArgument(tool: Tool, key: string, candidates: Iterable<string>): UsageError {
  const known = argumentUsage(toolArguments(tool)) || 'no arguments';
  return new UsageError(
    `"${tool.name}" has no argument "${key}"${suggestion(key, candidates)} (it takes ${known})`,
    { command: 'call' },
  );
}

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
