import type { TraceContext } from '../../application/request-context.ts';
import { type JsonObject, objectOf, typeName } from '../../domain/shared/json.ts';
import { isRequestId } from '../jsonrpc/parse.ts';
import { invalidParams } from '../jsonrpc/rpc-error.ts';

export type ProgressToken = string | number;

const NOTHING: JsonObject = {};

/** The `_meta` of a request. @throws RpcError -32602 when it, or its progress token, isn't what MCP allows */
export function readMeta(params: JsonObject | undefined): JsonObject {
  const given = params?.['_meta'] ?? NOTHING;
  const meta = objectOf(given);
  if (meta === undefined) throw invalidParams(`Expected "_meta" to be an object, got ${typeName(given)}`);
  const token = meta['progressToken'] ?? undefined;
  if (token !== undefined && !isRequestId(token)) {
    throw invalidParams(`Expected "progressToken" to be a string or an integer, got ${typeName(token)}`);
  }
  return meta;
}

export function progressTokenOf(meta: JsonObject): ProgressToken | undefined {
  return (meta['progressToken'] ?? undefined) as ProgressToken | undefined;
}

/** W3C Trace Context, section 3.2: version, trace id, parent id and flags; ids of zeros only are invalid, as is version ff. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The trace that the caller is in (SEP-414), or undefined when none or a malformed one came: it is never worth an error. */
export function traceOf(meta: JsonObject): TraceContext | undefined {
  const { traceparent, tracestate, baggage } = meta;
  if (typeof traceparent !== 'string' || !TRACEPARENT.test(traceparent)) return undefined;
  return {
    traceparent,
    ...(typeof tracestate === 'string' && { tracestate }),
    ...(typeof baggage === 'string' && { baggage }),
  };
}
