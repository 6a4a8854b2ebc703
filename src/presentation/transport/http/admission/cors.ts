import type { IncomingMessage, ServerResponse } from 'node:http';

const EXPOSED = 'Mcp-Session-Id, WWW-Authenticate, Retry-After';
const METHODS = 'GET, POST, DELETE';
const PREFLIGHT_SECONDS = '7200';

/** Lets a page of an allowed origin read what is answered (WHATWG Fetch, "CORS protocol"). */
export function shareWith(origin: string, response: ServerResponse): void {
  response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Access-Control-Expose-Headers', EXPOSED);
  response.setHeader('Vary', 'Origin');
}

export function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
}

/** The headers that a browser wants to send are allowed: each is checked where it is read. */
export function answerPreflight({ headers }: IncomingMessage, response: ServerResponse): void {
  const asked = headers['access-control-request-headers'];
  response.writeHead(204, {
    'Access-Control-Allow-Methods': METHODS,
    ...(asked !== undefined && { 'Access-Control-Allow-Headers': asked }),
    'Access-Control-Max-Age': PREFLIGHT_SECONDS,
  });
  response.end();
}
