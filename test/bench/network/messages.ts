import type { HttpConnection } from './http-connection.ts';
import type { Era } from './servers.ts';

const PREFIX = 'io.modelcontextprotocol/';
const VERSION = '2026-07-28';
const meta = { [`${PREFIX}protocolVersion`]: VERSION, [`${PREFIX}clientCapabilities`]: {} };

type Headers = Readonly<Record<string, string>>;

/** A POST as it goes over the wire. */
function post(message: object, headers: Headers): string {
  const body = JSON.stringify({ jsonrpc: '2.0', ...message });
  const all = {
    Host: 'localhost',
    'Content-Type': 'application/json',
    Accept: 'application/json, text/event-stream',
    'Content-Length': String(Buffer.byteLength(body)),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `POST /mcp HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`;
}

export function modernPost(
  id: number,
  method: string,
  params: object,
  name?: string,
  more: Headers = {},
): string {
  const headers = {
    'MCP-Protocol-Version': VERSION,
    'Mcp-Method': method,
    ...(name !== undefined && { 'Mcp-Name': name }),
    ...more,
  };
  return post({ id, method, params: { ...params, _meta: meta } }, headers);
}

export function legacyPost(id: number, method: string, params: object, headers: Headers): string {
  return post({ id, method, params }, headers);
}

/** Opens a legacy session. @returns the headers of what follows in it */
export async function openSession(connection: HttpConnection): Promise<Headers> {
  const params = {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'bench', version: '1' },
  };
  const { head } = await connection.request(post({ id: 0, method: 'initialize', params }, {}));
  const id = /\r\nmcp-session-id: (\S+)/i.exec(head)?.[1] ?? '';
  const headers = { 'Mcp-Session-Id': id, 'MCP-Protocol-Version': '2025-11-25' };
  await connection.request(post({ method: 'notifications/initialized' }, headers));
  return headers;
}

/** Makes the requests of one connection. */
export async function echoOn(
  connection: HttpConnection,
  era: Era,
): Promise<(id: number, message: string) => string> {
  const call = (message: string) => ({ name: 'echo', arguments: { message } });
  if (era === 'modern') return (id, message) => modernPost(id, 'tools/call', call(message), 'echo');
  const headers = await openSession(connection);
  return (id, message) => post({ id, method: 'tools/call', params: call(message) }, headers);
}
