import { isJsonObject, type JsonObject, objectOf, typeName } from '../../domain/shared/json.ts';
import { type JsonMeasure, measureJson } from '../../domain/shared/measure-json.ts';
import type { Batch, Invalid, Message, RequestId } from './message.ts';
import { INVALID_PARAMS, INVALID_REQUEST, PARSE_ERROR } from './rpc-error.ts';

/** V8 parses far deeper, but what walks the value later would overflow the stack. */
const MAX_DEPTH = 512;

/** More take the event loop too long to parse: 62 MiB of `[{},{},…]` take 15 s and 2 GB. */
const MAX_VALUES = 200_000;

/** Members of a batch. */
const MAX_MEMBERS = 1000;

const LIMITS = { values: MAX_VALUES, members: MAX_MEMBERS };

/** Each level and each member costs two characters, so a shorter text is within all limits. */
const UNLIMITED_LENGTH = 2 * MAX_DEPTH;

/** Reads one frame. Never throws: what can't be read comes back as what to answer. */
export function parseFrame(text: string): Message | Batch {
  const { depth, values, members } = text.length > UNLIMITED_LENGTH ? measureJson(text, LIMITS) : NO_MEASURE;
  if (members > MAX_MEMBERS) return tooManyMembers();
  const deep = depth > MAX_DEPTH;
  if (values > MAX_VALUES) {
    const id = findId(text);
    return (deep ? tooDeep : tooManyValues)(isRequestId(id) ? id : undefined);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return invalid(
      PARSE_ERROR,
      'Expected one JSON value a message, got text that is no JSON',
      'json.invalid',
    );
  }
  if (!Array.isArray(value)) return readMessage(value, deep);
  return {
    kind: 'batch',
    members: deep ? [tooDeep(undefined)] : value.map((member) => readMessage(member, false)),
  };
}

/**
 * The refusal of a frame that is not UTF-8 (RFC 8259, section 8.1): what it means nobody knows, and a file could be written of it.
 * @param text its text, with U+FFFD for what is not
 */
export function notUtf8(text: string): Invalid {
  const id = findId(text);
  return unfit(
    isRequestId(id) ? id : undefined,
    'Expected the message to be UTF-8, got bytes that are not; nothing was done',
    'json.not-utf-8',
  );
}

const NO_MEASURE: JsonMeasure = { values: 0, members: 0, depth: 0 };

function readMessage(value: unknown, deep: boolean): Message {
  if (!isJsonObject(value)) {
    return invalid(INVALID_REQUEST, `Expected a JSON-RPC object, got ${typeName(value)}`, 'request.invalid');
  }
  const { id, method, params } = value;
  if (method === undefined && (Object.hasOwn(value, 'result') || Object.hasOwn(value, 'error'))) {
    return { kind: 'response', id, result: value['result'], error: value['error'] };
  }
  if (deep) return tooDeep(isRequestId(id) ? id : undefined);
  const problem = findProblem(value);
  if (problem !== undefined) {
    return invalid(INVALID_REQUEST, problem, 'request.invalid', isRequestId(id) ? id : undefined);
  }
  const name = method as string;
  const object = objectOf(params);
  if (id === undefined) return { kind: 'notification', method: name, params: object };
  return { kind: 'request', id: id as RequestId, method: name, params: object };
}

function findProblem({ jsonrpc, id, method, params }: JsonObject): string | undefined {
  if (jsonrpc !== '2.0') return 'Expected "jsonrpc" to be "2.0"';
  if (typeof method !== 'string') return `Expected "method" to be a string, got ${typeName(method)}`;
  if (id !== undefined && !isRequestId(id)) {
    return `Expected "id" to be a string or an integer within ±(2^53 - 1), got ${typeName(id)}`;
  }
  if (params !== undefined && params !== null && objectOf(params) === undefined) {
    return `Expected "params" to be an object, got ${typeName(params)}`;
  }
  return undefined;
}

/** Beyond ±(2^53 - 1) JSON.parse has lost digits: such an id can't be echoed. */
export function isRequestId(value: unknown): value is RequestId {
  return typeof value === 'string' || Number.isSafeInteger(value);
}

function invalid(code: number, message: string, name: string, id?: RequestId): Invalid {
  const error = { code, message, data: { code: name } };
  return id === undefined ? { kind: 'invalid', error } : { kind: 'invalid', id, error };
}

const tooDeep = (id: RequestId | undefined): Invalid =>
  unfit(id, `Expected at most ${MAX_DEPTH} levels of nesting`, 'json.too-deep');

const tooManyValues = (id: RequestId | undefined): Invalid =>
  unfit(id, `Expected at most ${MAX_VALUES} values in a message; it was not read`, 'json.too-many-values');

const tooManyMembers = (): Invalid =>
  unfit(undefined, `Expected at most ${MAX_MEMBERS} messages in a batch; none was read`, 'batch.too-long');

/** A request whose parameters are wrong can be answered. */
function unfit(id: RequestId | undefined, message: string, name: string): Invalid {
  return invalid(id === undefined ? INVALID_REQUEST : INVALID_PARAMS, message, name, id);
}

/** Characters at either end of a message in which its id is looked for. */
const REACH = 512;

const TEXT_MEMBER = String.raw`"(?:jsonrpc|method)"\s*:\s*"[^"\\]*"`;
const ID = String.raw`"id"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d+)`;
const FIRST = new RegExp(String.raw`^\s*\{\s*(?:${TEXT_MEMBER}\s*,\s*)*${ID}\s*[,}]`);
const LAST = new RegExp(String.raw`,\s*${ID}\s*(?:,\s*${TEXT_MEMBER}\s*)*\}\s*$`);

/**
 * The id of a message that is not read as a whole, where it stands before or behind everything large: the official libraries write
 * it there. Only with it does the one who waits learn that the request was refused.
 */
export function findId(text: string): unknown {
  const [, written] = FIRST.exec(text.slice(0, REACH)) ?? LAST.exec(text.slice(-REACH)) ?? [];
  if (written === undefined) return undefined;
  try {
    return JSON.parse(written);
  } catch {
    return undefined; // no JSON: what looked like a string isn't one
  }
}
