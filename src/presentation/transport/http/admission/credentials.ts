import type { IncomingHttpHeaders } from 'node:http';

/** The credential of a request, if it has one. */
export type Credentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'malformed'; readonly message: string }
  | { readonly kind: 'given'; readonly credential: string };

/** RFC 6750, section 2.1: one space, and `b64token`. */
const BEARER = /^Bearer +([A-Za-z0-9\-._~+/]+=*)$/i;

/**
 * Reads the headers `Authorization` and `X-API-Key`. Never the URL, which proxies and browsers write down (MCP,
 * basic/authorization, "Access Token Usage").
 */
export function readCredentials(headers: IncomingHttpHeaders): Credentials {
  const { authorization } = headers;
  const key = headers['x-api-key'];
  const isBearer = authorization !== undefined && /^Bearer\b/i.test(authorization);
  if (key !== undefined && isBearer)
    return malformed('Expected one of the headers "Authorization" and "X-API-Key", got both'); // RFC 6750, section 2
  if (typeof key === 'string') return { kind: 'given', credential: key.trim() };
  if (!isBearer) return { kind: 'none' }; // another scheme authenticates nobody here
  const credential = BEARER.exec(authorization)?.[1];
  if (credential === undefined)
    return malformed('Expected the header "Authorization" to be "Bearer" and a token, or an API key');
  return { kind: 'given', credential };
}

const malformed = (message: string): Credentials => ({ kind: 'malformed', message });
