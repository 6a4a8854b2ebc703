import { isJsonObject, type JsonObject, typeName } from '../../domain/shared/json.ts';
import { measureJson } from '../../domain/shared/measure-json.ts';

/** Something came that is no answer of the Messages API; the message says which part of it, for whoever runs the gateway. */
export class UnusableAnswer extends Error {
  override readonly name = 'UnusableAnswer';
}

/** More than any model can take: a count beyond that would end the conversation by its limit. */
const MOST_TOKENS = 1_000_000_000;

/** Levels: more would overflow the stack of code that walks the value later. */
const MAX_DEPTH = 512;
const MAX_VALUES = 200_000;

export function expectObject(path: string, value: unknown): JsonObject {
  if (isJsonObject(value)) return value;
  throw unexpected(path, 'an object', value);
}

/** A text that says something. */
export function expectText(path: string, value: unknown): string {
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw unexpected(path, 'a name', value);
}

/** A text, even an empty one. */
export function expectString(path: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw unexpected(path, 'a string', value);
}

/** A number of tokens. */
export function expectCount(path: string, value: unknown): number {
  if (isTokenCount(value)) return value;
  throw unexpected(path, `a number of tokens up to ${MOST_TOKENS}`, value);
}

export function isTokenCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= MOST_TOKENS;
}

/** An object that came as JSON in pieces, none of which need be there. */
export function expectJsonObject(path: string, json: string): JsonObject {
  if (json === '') return {};
  requireFlat(path, json);
  try {
    return expectObject(path, JSON.parse(json));
  } catch (error) {
    throw error instanceof UnusableAnswer ? error : new UnusableAnswer(`expected "${path}" to be JSON`);
  }
}

/** The same value, if it can be walked: it came parsed, in whatever depth. */
export function expectWalkable(path: string, value: JsonObject): JsonObject {
  const json = jsonOf(value);
  if (json === undefined) throw tooDeep(path);
  requireFlat(path, json);
  return value;
}

function requireFlat(path: string, json: string): void {
  const { depth, values } = measureJson(json, { values: MAX_VALUES, members: MAX_VALUES });
  if (depth > MAX_DEPTH) throw tooDeep(path);
  if (values > MAX_VALUES)
    throw new UnusableAnswer(`expected "${path}" to have at most ${MAX_VALUES} values`);
}

const tooDeep = (path: string) =>
  new UnusableAnswer(`expected "${path}" to have at most ${MAX_DEPTH} levels of nesting`);

function unexpected(path: string, expected: string, value: unknown): UnusableAnswer {
  return new UnusableAnswer(`expected "${path}" to be ${expected}, got ${shown(value)}`);
}

function shown(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return value === '' ? 'an empty string' : typeName(value);
}

/** JSON of a value; undefined where it is too deep to be walked. */
function jsonOf(value: JsonObject): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
