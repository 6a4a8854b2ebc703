import { INVALID_REQUEST } from '../../jsonrpc/rpc-error.ts';

type Statuses = ReadonlyMap<number, number>;

/** MCP 2026-07-28, basic/transports/streamable-http; what a method found wrong with its parameters is told in the body alone. */
const modern: Statuses = new Map([
  [-32601, 404], // there is no such method
  [-32020, 400], // MCP 2026-07-28, basic, "Error Codes": header mismatch,
  [-32021, 400], // missing client capability,
  [-32022, 400], // unsupported version
]);

/** A message that could not be taken at all is a bad request (MCP 2025-11-25, basic/transports, "Sending Messages to the Server"). */
const legacy: Statuses = new Map([[INVALID_REQUEST, 400]]);

/** The HTTP status of a modern answer, by the number of its error, if it is one. */
export const modernStatusOf = (error: number | undefined): number => statusIn(modern, error);

/** The same for the answer to a POST of a legacy session. */
export const legacyStatusOf = (error: number | undefined): number => statusIn(legacy, error);

function statusIn(statuses: Statuses, error: number | undefined): number {
  return (error === undefined ? undefined : statuses.get(error)) ?? 200;
}
