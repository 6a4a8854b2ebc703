import { isJsonObject, type JsonObject } from '../../../domain/shared/json.ts';
import { encodeServer } from '../wire/encode-server.ts';
import type { ModernCall } from './call.ts';

/** Milliseconds for which a client may keep lists and the discovery. */
export const LIST_TTL_MS = 300_000;

/** A result that is whole, with who made it (MCP 2026-07-28, basic, "Result Responses"). */
export function complete(call: ModernCall, result: JsonObject): JsonObject {
  return resultOf(call, 'complete', result);
}

/**
 * A whole result that a client may keep for a while (MCP 2026-07-28, server/utilities/caching): for everybody, unless it was made
 * for someone who had to say who they are.
 */
export function cacheable(call: ModernCall, ttlMs: number, result: JsonObject): JsonObject {
  const cacheScope = call.caller.principal.kind === 'local' ? 'public' : 'private';
  return resultOf(call, 'complete', { ...result, ttlMs, cacheScope });
}

export function resultOf(
  { services, features }: ModernCall,
  resultType: string,
  result: JsonObject,
): JsonObject {
  const own = isJsonObject(result['_meta']) ? result['_meta'] : undefined;
  const _meta = { ...own, 'io.modelcontextprotocol/serverInfo': encodeServer(services.server, features) };
  return { resultType, ...result, _meta };
}
