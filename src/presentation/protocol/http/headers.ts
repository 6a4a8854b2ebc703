import type { JsonObject } from '../../../domain/shared/json.ts';
import { RpcError } from '../../jsonrpc/rpc-error.ts';

/** One header of an HTTP request, by its name in lower case; several of one name are joined as HTTP does. */
export type HeaderReader = (name: string) => string | undefined;

export const VERSION_HEADER = 'mcp-protocol-version';
export const METHOD_HEADER = 'mcp-method';
export const NAME_HEADER = 'mcp-name';
export const SESSION_HEADER = 'mcp-session-id';

/** MCP 2026-07-28, basic/transports/streamable-http: header and body do not agree. */
const HEADER_MISMATCH = -32020;

export function headerMismatch(message: string, data: JsonObject = {}): RpcError {
  return new RpcError(HEADER_MISMATCH, message, { code: 'header.mismatch', ...data });
}
