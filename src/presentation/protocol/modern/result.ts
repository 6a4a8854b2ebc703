import { isJsonObject, type JsonObject } from '../../../domain/shared/json.ts';
import type { ModernCall } from './call.ts';

/** The server behind a result, in short: some hosts hand it to the model. A result that has it at length keeps it. */
export const SERVER_INFO = 'io.modelcontextprotocol/serverInfo';

/** Milliseconds for which a client may keep lists and the discovery. */
export const LIST_TTL_MS = 300_000;

/** A result that is whole, with who made it (MCP 2026-07-28, basic, "Result Responses"). */
export function completeResult(call: ModernCall, result: JsonObject): JsonObject {
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

export function resultOf({ services }: ModernCall, resultType: string, result: JsonObject): JsonObject {
  const own = isJsonObject(result['_meta']) ? result['_meta'] : undefined;
  const { name, version } = services.server;
  return { resultType, ...result, _meta: { [SERVER_INFO]: { name, version }, ...own } };
}
