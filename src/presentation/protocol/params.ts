import { type JsonObject, objectOf, typeName } from '../../domain/shared/json.ts';
import { shorten } from '../../domain/text/utf8.ts';
import { invalidParams } from '../jsonrpc/rpc-error.ts';

const NOTHING: JsonObject = {};

/**
 * Reads the parameters of a request; each reader throws an RpcError (-32602) that says what was expected and what came. As clients
 * send them, null is left out, and an empty array an empty object.
 */

export function requireString(params: JsonObject | undefined, key: string): string {
  const value = params?.[key];
  if (typeof value === 'string') return value;
  throw unexpected(key, 'a string', value);
}

export function optionalString(params: JsonObject | undefined, key: string): string | undefined {
  const value = params?.[key] ?? undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw unexpected(key, 'a string', value);
}

export function requireObject(params: JsonObject | undefined, key: string): JsonObject {
  const value = params?.[key];
  const object = objectOf(value);
  if (object !== undefined) return object;
  throw unexpected(key, 'an object', value);
}

/** Absent and null are the same as empty. */
export function optionalObject(params: JsonObject | undefined, key: string): JsonObject {
  const value = params?.[key];
  if (value === undefined || value === null) return NOTHING;
  const object = objectOf(value);
  if (object !== undefined) return object;
  throw unexpected(key, 'an object', value);
}

/** An object of strings; absent and null are the same as empty, and so is a member that is null: clients fill in every argument. */
export function optionalStrings(
  params: JsonObject | undefined,
  key: string,
): Readonly<Record<string, string>> {
  const given = Object.entries(optionalObject(params, key)).filter(([, value]) => value !== null);
  for (const [name, value] of given) {
    if (typeof value !== 'string') throw unexpected(`${key}.${name}`, 'a string', value);
  }
  return Object.fromEntries(given) as Record<string, string>;
}

function unexpected(key: string, expected: string, value: unknown) {
  return invalidParams(`Expected "${shorten(key, 100)}" to be ${expected}, got ${typeName(value)}`, {
    parameter: key.slice(0, 100),
  });
}
