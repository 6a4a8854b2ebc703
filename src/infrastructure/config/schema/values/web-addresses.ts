import * as v from 'valibot';
import { isLoopback } from '../../../../domain/policy/loopback.ts';

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
