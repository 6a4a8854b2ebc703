import { isIP } from 'node:net';
import * as v from 'valibot';
import { isLoopback } from '../../../../domain/policy/loopback.ts';
import { createRedactor } from '../../../../domain/policy/redact.ts';
import { AT_SIGN } from '../../../../domain/policy/redact-urls.ts';

const HOST = /^(?:\[[0-9a-f:.]+\]|[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\.?)(?::\d{1,5})?$/i;
/** No user, also with its sign in other forms, and no port but a number: each would be a password that is shown. */
const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/(?:\[[0-9a-f:.]+\]|[\w.-]+)(?::\d{1,5})?$/i;

/** Decides whether this is a host name or address as the header `Host` has it, with or without a port. Patterns match nothing. */
export function isHostName(text: string): boolean {
  return HOST.test(text) && hasPossiblePort(text);
}

/** Nobody listens on port 0, or above the largest. */
function hasPossiblePort(text: string): boolean {
  const [, port = '1'] = /:(\d{1,5})$/.exec(text) ?? [];
  return Number(port) >= 1 && Number(port) <= 65_535;
}

/** Decides whether this is an origin as browsers send it, or the name of a host. */
export function isOriginOrHostName(text: string): boolean {
  return (ORIGIN.test(text) && hasPossiblePort(text)) || isHostName(text);
}

/** Decides whether a server could listen on this: a name or an address, without a port. */
export function isListenHost(text: string): boolean {
  return /^[^\s/?#*,]+$/.test(text) && !AT_SIGN.test(text) && !/^[^:]*:[^:]*$/.test(text);
}

/** A URL that what is read there can be trusted of: by HTTPS, or on this machine. */
export function secureUrl() {
  const expected =
    'a URL that begins with "https://", or with "http://" on this machine, without user and fragment';
  return v.pipe(v.string(expected), v.trim(), v.check(isSecureUrl, expected));
}

/** Decides whether a name, be it a URL, can be told to everybody: without a user and a fragment. */
export function isPublicName(text: string): boolean {
  return !text.includes('://') || (createRedactor().text(text) === text && !text.includes('#'));
}

/** A URL that others are to be put behind: with a path or without, and without a slash at its end. */
export function publicUrl() {
  const expected =
    'an http or https URL, with or without a path, such as "https://example.com/tfo", without user, query and fragment';
  return v.pipe(
    v.string(expected),
    v.trim(),
    v.check(isPublicUrl, expected),
    v.transform((text) => {
      const { origin, pathname } = new URL(text);
      return origin + pathname.replace(/\/+$/, '');
    }),
  );
}

/** Decides whether this is an address, or a range of them in CIDR notation, such as "10.0.0.0/8" and "fd00::/8". */
export function isAddressRange(text: string): boolean {
  const [address = '', length, ...more] = text.split('/');
  if (more.length > 0 || isIP(address) === 0 || address.includes('%')) return false;
  return (
    length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= (isIP(address) === 4 ? 32 : 128))
  );
}

function isSecureUrl(text: string): boolean {
  const url = parse(text);
  if (url === null || [url.username, url.password, url.hash].some((part) => part !== '')) return false; // a secret
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

/** Characters of a path that mean nothing else anywhere: it is told to clients in headers and events. */
const PLAIN_PATH = /^\/[\w.~/-]*$/;

function isPublicUrl(text: string): boolean {
  const url = parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || AT_SIGN.test(text)) return false;
  if (!isHostName(url.host)) return false;
  return (
    url.href === url.origin + url.pathname && PLAIN_PATH.test(url.pathname) && !url.pathname.includes('//')
  );
}

const parse = (text: string): URL | null => URL.parse(text);
