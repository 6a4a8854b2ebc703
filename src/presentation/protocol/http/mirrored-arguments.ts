import { isJsonObject, type JsonObject, type JsonValue } from '../../../domain/shared/json.ts';
import { decodeHeaderValue } from './header-value.ts';
import type { HeaderReader } from './headers.ts';
import { headerMismatch, type Refusal } from './refusals.ts';

/**
 * Finds the first `Mcp-Param-*` header that does not say what its argument says, where the tool's schema asks for one with
 * `x-mcp-header` (MCP 2026-07-28, basic/transports/streamable-http): a proxy may have decided by the header.
 */
export function findMirrorMismatch(
  inputSchema: JsonObject,
  args: JsonObject,
  header: HeaderReader,
): Refusal | undefined {
  const { properties } = inputSchema;
  if (!isJsonObject(properties)) return undefined;
  for (const [name, schema] of Object.entries(properties)) {
    const suffix = isJsonObject(schema) ? schema['x-mcp-header'] : undefined;
    if (typeof suffix !== 'string') continue;
    const headerName = `Mcp-Param-${suffix}`;
    const value = Object.hasOwn(args, name) ? (args[name] ?? undefined) : undefined;
    const problem = problemOf(headerName, header(headerName.toLowerCase()), value);
    if (problem !== undefined) return headerMismatch(problem);
  }
  return undefined;
}

function problemOf(
  name: string,
  given: string | undefined,
  value: JsonValue | undefined,
): string | undefined {
  if (given === undefined && value === undefined) return undefined;
  if (value === undefined) return `Expected no header "${name}": the argument has no value`;
  if (given === undefined) return `Expected a header "${name}" with the value of its argument`;
  const text = decodeHeaderValue(given);
  if (text === undefined) return `Expected valid base64 in the header "${name}"`;
  return saysTheSame(text, value) ? undefined : `Expected the header "${name}" to equal its argument`;
}

/** Numbers are compared by value: 42 is 42.0. */
function saysTheSame(text: string, value: JsonValue): boolean {
  if (typeof value === 'number') return text !== '' && Number(text) === value;
  return text === (typeof value === 'string' ? value : JSON.stringify(value));
}
