import { isJsonObject, type JsonObject, type JsonValue } from '../../../domain/shared/json.ts';
import { suggest, suggestionOf } from '../../../domain/shared/nearest-name.ts';
import type { Tool } from '../../../domain/tool/tool.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { argumentUsage, toolArguments, typeOf, typesOf } from '../tool-arguments.ts';
import { readTypedValue, type ValueOrigin, type ValueReader } from './value-origin.ts';

/** One argument: text that has yet to become what the tool wants, or JSON that is it already. */
export type CallArgument =
  | { readonly key: string; readonly text: string }
  | { readonly key: string; readonly json: JsonValue };

/** An argument as typed, that is elsewhere; without a key, an object with all of them. */
interface ReferredArgument {
  readonly key: string | undefined;
  readonly origin: ValueOrigin;
  readonly isJson: boolean;
}

export type TypedArgument = CallArgument | ReferredArgument;

/** Reads `key=value` and `key:=JSON`, or one JSON object that stands for all. @throws UsageError */
export function readCallArguments(words: readonly string[]): readonly TypedArgument[] {
  const whole = words.length === 1 ? readWhole(words[0] ?? '') : undefined;
  if (whole !== undefined) return whole;
  const seen = new Set<string>();
  return words.map((word) => {
    const argument = readCallArgument(word);
    const { key = '' } = argument;
    if (seen.has(key)) throw usage(`Expected "${key}" once, got it twice; lists are given as JSON`);
    seen.add(key);
    return argument;
  });
}

function readWhole(word: string): readonly TypedArgument[] | undefined {
  if (word.trimStart().startsWith('{')) return entriesOf(word, 'the command line');
  if (word !== '-' && !word.startsWith('@')) return undefined;
  const origin = readTypedValue(word);
  return typeof origin === 'string' ? undefined : [{ key: undefined, origin, isJson: true }];
}

/** Fetches the values that are elsewhere. @throws UsageError as ValueReader, and for JSON that is none */
export async function fetchArguments(
  typed: readonly TypedArgument[],
  reader: ValueReader,
): Promise<readonly CallArgument[]> {
  const fetched: CallArgument[] = [];
  for (const argument of typed) {
    if (!('origin' in argument)) {
      fetched.push(argument);
      continue;
    }
    const { key, origin, isJson } = argument;
    const text = await reader.read(origin, key === undefined ? 'the arguments' : `"${key}"`);
    const place = origin.kind === 'stdin' ? 'stdin' : `"${origin.path}"`;
    if (key === undefined) fetched.push(...entriesOf(text, place));
    else fetched.push(isJson ? { key, json: readJson(key, text, place) } : { key, text });
  }
  return fetched;
}

function entriesOf(text: string, place: string): readonly CallArgument[] {
  const value = parseJson(text);
  if (isJsonObject(value))
    return Object.entries(value).map(([key, json]) => ({ key, json: json as JsonValue }));
  throw usage(
    `Expected one JSON object with all arguments (${place}), got ${shown(text)}; where a shell takes quotes away, ` +
      'give it on stdin: "-" instead of it reads that',
  );
}

function readCallArgument(word: string): TypedArgument {
  const [, key, mark, value = ''] = /^([^=]+?)(:?=)(.*)$/s.exec(word) ?? [];
  if (key === undefined || key.startsWith('{') || key.startsWith('@'))
    throw usage(
      `Expected arguments as KEY=VALUE or KEY:=JSON, or one JSON object alone, got "${word}"${meant(word)}`,
    );
  const read = readTypedValue(value);
  if (mark === '=')
    return typeof read === 'string' ? { key, text: read } : { key, origin: read, isJson: false };
  return typeof read === 'string' ? { key, json: readJson(key, value) } : { key, origin: read, isJson: true };
}

/** `key:value`, as other programs of this kind take it. */
function meant(word: string): string {
  const [, key, value] = /^(\w+):\s*([^/\\\s].*)$/s.exec(word) ?? [];
  return key === undefined ? '' : suggest(`${key}=${value}`);
}

function readJson(key: string, text: string, place?: string): JsonValue {
  const value = parseJson(text);
  if (value !== undefined) return value;
  const from = place === undefined ? '' : ` (${place})`;
  const list = place === undefined ? listHint(key, text) : '';
  throw usage(`Expected JSON after "${key}:="${from}, got ${shown(text)}${list}`);
}

/** Words without quotes are what a shell leaves of a list; nothing for what else is no JSON. */
function listHint(key: string, text: string): string {
  const bare = text.replace(/^'?\[|\]'?$/g, '');
  if (bare === '' || /[{}[\]"]/.test(bare)) return '';
  return `; text is written ${key}=${bare}, a list ${writtenList(key, text)}`;
}

/** A list of these words as it is typed: `argv:='["ls","-l"]'`. */
function writtenList(key: string, text: string): string {
  const bare = text.trim().replace(/^'?\[|\]'?$/g, '');
  const words = bare.split(/[,\s]+/).map((word) => word.replace(/^['"]|['"]$/g, ''));
  return `${key}:='${JSON.stringify(words.filter((word) => word !== ''))}'`;
}

/** PowerShell puts a mark before what it writes to a file. */
function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}

const LONGEST_SHOWN = 60;

const shown = (text: string) =>
  text.length > LONGEST_SHOWN ? `a text of ${text.length} characters` : `"${text}"`;

const usage = (message: string) => new UsageError(message, { command: 'call' });

/** The arguments in the types that the tool wants. @throws UsageError as requireKnown */
export function argumentsFor(tool: Tool, given: readonly CallArgument[]): JsonObject {
  requireKnown(tool, given);
  const schemas = schemasOf(tool);
  const entries = given.map((argument) => {
    const { key } = argument;
    return [key, 'json' in argument ? argument.json : coerce(argument.text, schemas.get(key) ?? {})];
  });
  return Object.fromEntries(entries);
}

/** Refuses names that the tool doesn't know, if it is closed. @throws UsageError */
export function requireKnown(tool: Tool, given: readonly TypedArgument[]): void {
  if (tool.inputSchema()['additionalProperties'] !== false) return;
  const schemas = schemasOf(tool);
  const stray = given.find(({ key }) => key !== undefined && !schemas.has(key));
  if (stray?.key !== undefined) throw unknownArgument(tool, stray.key, schemas.keys());
}

const schemasOf = (tool: Tool) => new Map(toolArguments(tool).map(({ name, schema }) => [name, schema]));

function unknownArgument(tool: Tool, key: string, candidates: Iterable<string>): UsageError {
  const known = argumentUsage(toolArguments(tool)) || 'no arguments';
  return new UsageError(
    `"${tool.name}" has no argument "${key}"${suggestionOf(key, candidates)} (it takes ${known})`,
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
  const value = parseJson(text);
  if (value === undefined) return text;
  return types.has(typeOf(value)) || (types.has('integer') && Number.isInteger(value)) ? value : text;
}

/** Says what to write instead, where a text stayed one that should have become a list or an object. */
export function typingHints(tool: Tool, given: readonly CallArgument[]): readonly string[] {
  const schemas = schemasOf(tool);
  return given.flatMap((argument) => {
    const schema = schemas.get(argument.key);
    if (schema === undefined || !('text' in argument)) return [];
    const types = typesOf(schema);
    if (types.has('string') || coerce(argument.text, schema) !== argument.text) return [];
    if (types.has('array')) return [`A list is written ${writtenList(argument.key, argument.text)}`];
    return types.has('object') ? [`An object is written ${argument.key}:='{"NAME":"VALUE"}'`] : [];
  });
}
