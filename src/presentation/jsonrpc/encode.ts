import {
  escapeLineSeparators,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from '../../domain/shared/json.ts';
import type { ErrorObject, RequestId } from './message.ts';

/** A value whose JSON text is known: as a member of a result it goes out as that, and is itself to whoever encodes it anew. */
class EncodedJson {
  readonly text: string;
  private readonly value: JsonValue;

  constructor(value: JsonValue, text: string) {
    this.value = value;
    this.text = text;
  }

  toJSON(): JsonValue {
    return this.value;
  }
}

/** The two as one value, as far as everybody else is concerned. @param text as JSON.stringify would make it of the value */
export const withJson = (value: JsonValue, text: string): JsonObject =>
  new EncodedJson(value, text) as unknown as JsonObject;

/**
 * One frame, without its line end. Lone surrogates come out escaped (well-formed JSON.stringify), and so does all that somebody
 * takes for the end of a line.
 * @throws TypeError for a result that is no JSON value
 */
export function encodeResult(id: RequestId, result: unknown): string {
  const text = encodeMembers(result);
  if (text !== undefined)
    return escapeLineSeparators(`{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":${text}}`);
  if (result === undefined || typeof result === 'function')
    throw new TypeError(`Expected the result to be a JSON value, got ${typeof result}`);
  return encodeFrame({ jsonrpc: '2.0', id, result }); // in one go: what is put together of texts is copied once more
}

/** The text of a result that has members with text of their own; JSON.stringify can't take that in. */
function encodeMembers(result: unknown): string | undefined {
  if (!isJsonObject(result) || !Object.values(result).some(isEncoded)) return undefined;
  let members = '';
  for (const [name, member] of Object.entries(result)) {
    if (member === undefined) continue;
    const text = isEncoded(member) ? member.text : JSON.stringify(member);
    members += `${members === '' ? '' : ','}${JSON.stringify(name)}:${text}`;
  }
  return `{${members}}`;
}

const isEncoded = (member: unknown) => member instanceof EncodedJson;

/**
 * Without an id where the request had none that can be echoed. `"id":null`, which JSON-RPC 2.0 asks for, is not valid MCP and
 * makes clients drop the connection's next answers.
 */
export function encodeError(id: RequestId | undefined, error: ErrorObject): string {
  return encodeFrame(id === undefined ? { jsonrpc: '2.0', error } : { jsonrpc: '2.0', id, error });
}

export function encodeNotification(method: string, params: JsonObject): string {
  return encodeFrame({ jsonrpc: '2.0', method, params });
}

export function encodeRequest(id: RequestId, method: string, params: JsonObject): string {
  return encodeFrame({ jsonrpc: '2.0', id, method, params });
}

const encodeFrame = (frame: object) => escapeLineSeparators(JSON.stringify(frame));
