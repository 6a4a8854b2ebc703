import * as v from 'valibot';
import { isLoopback } from '../../../../domain/policy/loopback.ts';

const HOST = /^(?:\[[0-9a-f:.]+\]|[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\.?)(?::\d{1,5})?$/i;
const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/([^/?#@\s*]+)$/i;

/** Decides whether this is a host name or address as the header `Host` has it, with or without a port. Patterns match nothing. */
export function isHostName(text: string): boolean {
  return HOST.test(text);
}

/** Decides whether this is an origin as browsers send it, or the name of a host. */
export function isOriginOrHostName(text: string): boolean {
  return ORIGIN.test(text) || isHostName(text);
}

/** Decides whether a server could listen on this: a name or an address, without a port. */
export function isListenHost(text: string): boolean {
  return /^[^\s/@?#*,]+$/.test(text) && !/^[^:]*:[^:]*$/.test(text);
}

/** A URL that what is read there can be trusted of: by HTTPS, or on this machine. */
export function secureUrl() {
  const expected = 'a URL that begins with "https://", or with "http://" on this machine';
  return v.pipe(v.string(expected), v.trim(), v.check(isSecureUrl, expected));
}

/** Scheme, host and port: what comes before a path. */
export function originUrl() {
  const expected = 'a URL without a path, such as "https://mcp.example.com"';
  return v.pipe(
    v.string(expected),
    v.trim(),
    v.check((text) => isWebOrigin(text), expected),
    v.transform((text) => new URL(text).origin),
  );
}

function isSecureUrl(text: string): boolean {
  const url = parse(text);
  if (url?.username !== '' || url.password !== '') return false; // a secret that would be shown
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
}

function isWebOrigin(text: string): boolean {
  const url = parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
}

const parse = (text: string): URL | null => URL.parse(text);
