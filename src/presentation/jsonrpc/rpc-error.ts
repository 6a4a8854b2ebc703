import type { JsonObject } from '../../domain/shared/json.ts';
import type { ErrorObject } from './message.ts';

/** JSON-RPC 2.0, section 5.1. */
export const PARSE_ERROR = -32700;
export const INVALID_REQUEST = -32600;
const METHOD_NOT_FOUND = -32601;
export const INVALID_PARAMS = -32602;
export const INTERNAL_ERROR = -32603;

/** A failure as the other side reads it. */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  readonly code: number;
  readonly data: JsonObject | undefined;

  constructor(code: number, message: string, data?: JsonObject) {
    super(message);
    this.code = code;
    this.data = data;
  }

  toObject(): ErrorObject {
    const { code, message, data } = this;
    return data === undefined ? { code, message } : { code, message, data };
  }
}

export function methodNotFound(method: string): RpcError {
  const name = method.slice(0, 200);
  return new RpcError(METHOD_NOT_FOUND, `There is no method "${name}"`, {
    code: 'method.not-found',
    method: name,
  });
}

export function invalidParams(message: string, data: JsonObject = {}): RpcError {
  return new RpcError(INVALID_PARAMS, message, { code: 'params.invalid', ...data });
}

export function invalidRequest(message: string, data: JsonObject = {}): RpcError {
  return new RpcError(INVALID_REQUEST, message, { code: 'request.invalid', ...data });
}
