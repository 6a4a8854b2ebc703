import { isJsonObject, type JsonObject, type JsonValue } from '../../../domain/shared/json.ts';
import { decodeHeaderValue } from './header-value.ts';
import { type HeaderReader, headerMismatch } from './headers.ts';

/**
 * Refuses a call whose `Mcp-Param-*` headers do not say what its arguments say, where the tool's schema asks for them with
 * `x-mcp-header` (MCP 2026-07-28, basic/transports/streamable-http): a proxy may have decided by the header.
 * @throws RpcError -32020
 */
export function requireMirroredArguments(
  inputSchema: JsonObject,
  args: JsonObject,
  header: HeaderReader,
): void {
  const { properties } = inputSchema;
  if (!isJsonObject(properties)) return;
  for (const [name, schema] of Object.entries(properties)) {
    const suffix = isJsonObject(schema) ? schema['x-mcp-header'] : undefined;
    if (typeof suffix !== 'string') continue;
    const headerName = `Mcp-Param-${suffix}`;
    const value = Object.hasOwn(args, name) ? (args[name] ?? undefined) : undefined;
    requireMirrored(headerName, header(headerName.toLowerCase()), value);
  }
}

function requireMirrored(name: string, given: string | undefined, value: JsonValue | undefined): void {
  if (given === undefined && value === undefined) return;
  if (value === undefined) throw headerMismatch(`Expected no header "${name}": the argument has no value`);
  if (given === undefined) throw headerMismatch(`Expected a header "${name}" with the value of its argument`);
  const text = decodeHeaderValue(given);
  if (text === undefined) throw headerMismatch(`Expected valid base64 in the header "${name}"`);
  if (!saysTheSame(text, value)) throw headerMismatch(`Expected the header "${name}" to equal its argument`);
}

/** Numbers are compared by value: 42 is 42.0. */
function saysTheSame(text: string, value: JsonValue): boolean {
  if (typeof value === 'number') return text !== '' && Number(text) === value;
  return text === (typeof value === 'string' ? value : JSON.stringify(value));
}
