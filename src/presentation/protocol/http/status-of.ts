const NOT_FOUND = new Set([-32601]);
/** MCP 2026-07-28, basic, "Error Codes": header mismatch, missing client capability, unsupported version. */
const BAD_REQUEST = new Set([-32020, -32021, -32022]);

/**
 * The HTTP status of a modern answer that is an error (MCP 2026-07-28, basic/transports/streamable-http); what a method found
 * wrong with its parameters is told in the body alone.
 */
export function statusOf(error: number | undefined): number {
  if (error === undefined) return 200;
  if (NOT_FOUND.has(error)) return 404;
  return BAD_REQUEST.has(error) ? 400 : 200;
}
