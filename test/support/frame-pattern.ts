import { isDeepStrictEqual } from 'node:util';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/shared/json.ts';

/** Any one value; as the key of an object (`"…": "…"`): any other members. */
const ANYTHING = '…';
/** Any number of array elements. */
const MORE = '… more';
const VARIABLE = /<(\w+)>/g;
const ONLY_VARIABLE = /^<(\w+)>$/;

/** The values that a pattern has given names to. */
export type Variables = Map<string, JsonValue>;

/**
 * The place and kind of a value's difference from a pattern; undefined when it fits. A pattern is JSON in which `"…"` stands for any
 * value, `"…": "…"` for members that don't matter, `"… more"` for elements that don't, and `"<name>"` for a value that gets this name
 * where it is met first and must be the same from then on. Members may come in any order; none may be missing or too many.
 */
export function mismatch(
  pattern: JsonValue,
  value: unknown,
  variables: Variables,
  at = 'frame',
): string | undefined {
  if (pattern === ANYTHING) return value === undefined ? `${at} is missing` : undefined;
  const name = typeof pattern === 'string' ? ONLY_VARIABLE.exec(pattern)?.[1] : undefined;
  if (name !== undefined && !variables.has(name)) {
    if (value === undefined) return `${at} is missing`;
    variables.set(name, value as JsonValue);
    return undefined;
  }
  if (Array.isArray(pattern) && Array.isArray(value)) return inElements(pattern, value, variables, at);
  if (isJsonObject(pattern) && isJsonObject(value)) return inMembers(pattern, value, variables, at);
  const expected = fill(pattern, variables);
  if (isDeepStrictEqual(expected, value)) return undefined;
  return `${at}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(value)}`;
}

function inMembers(
  pattern: JsonObject,
  value: JsonObject,
  variables: Variables,
  at: string,
): string | undefined {
  for (const [key, expected] of Object.entries(pattern)) {
    if (key === ANYTHING) continue;
    const actual = Object.hasOwn(value, key) ? value[key] : undefined;
    const problem = mismatch(expected as JsonValue, actual, variables, `${at}.${key}`);
    if (problem !== undefined) return problem;
  }
  if (Object.hasOwn(pattern, ANYTHING)) return undefined;
  const extra = Object.keys(value).find((key) => !Object.hasOwn(pattern, key));
  return extra === undefined
    ? undefined
    : `${at}.${extra}: expected nothing, got ${JSON.stringify(value[extra])}`;
}

function inElements(
  [first, ...rest]: readonly JsonValue[],
  values: readonly JsonValue[],
  variables: Variables,
  at: string,
): string | undefined {
  if (first === undefined) {
    return values.length === 0
      ? undefined
      : `${at}: expected no more elements, got ${JSON.stringify(values)}`;
  }
  if (first === MORE) return afterSome(rest, values, variables, at);
  return mismatch(first, values[0], variables, `${at}[]`) ?? inElements(rest, values.slice(1), variables, at);
}

/** Tries the pattern at each place; names that a failed attempt gave are forgotten. */
function afterSome(
  rest: readonly JsonValue[],
  values: readonly JsonValue[],
  variables: Variables,
  at: string,
): string | undefined {
  for (let skipped = 0; skipped <= values.length; skipped++) {
    const attempt = new Map(variables);
    if (inElements(rest, values.slice(skipped), attempt, at) !== undefined) continue;
    for (const [name, value] of attempt) variables.set(name, value);
    return undefined;
  }
  return `${at}: expected an element like ${JSON.stringify(rest[0])}, got ${JSON.stringify(values)}`;
}

/** The value with names replaced by what they stand for: `"<name>"` by the value itself, inside a longer string by its text. */
export function fill(value: JsonValue, variables: Variables): JsonValue {
  if (typeof value === 'string') {
    const name = ONLY_VARIABLE.exec(value)?.[1];
    if (name !== undefined) return meaning(name, variables);
    return value.replace(VARIABLE, (_, inner: string) => String(meaning(inner, variables)));
  }
  if (Array.isArray(value)) return value.map((element) => fill(element, variables));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, fill(member as JsonValue, variables)]),
  );
}

function meaning(name: string, variables: Variables): JsonValue {
  const value = variables.get(name);
  if (value === undefined) throw new Error(`Expected "<${name}>" to have been met before`);
  return value;
}
