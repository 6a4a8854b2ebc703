import { AT_SIGN, looksSecret } from '../../../domain/policy/redact-urls.ts';

const SCHEME = /^[a-z][a-z0-9+.-]+:/i;

/** A scheme that can be shown: letters, mistyped or not. */
const PLAIN_SCHEME = /^[a-z][a-z-]{1,16}:\/\//i;

/** Scheme, host and port, and what comes behind them. */
const PARTS = /^([a-z][a-z-]{1,16}:\/\/)?(\[[0-9a-f:.]+\]|[a-z0-9_*.-]+)(:\d{1,5})?([/\\?#].*)?$/is;

/** Decides whether a text has the looks of a URL, right or wrong, or of a user's at a host. */
export function resemblesAddress(text: string): boolean {
  if (SCHEME.test(text)) return /[\\/]/.test(text) || AT_SIGN.test(text);
  const separator = text.search(/[:/]/);
  return separator >= 0 && AT_SIGN.test(text.slice(separator));
}

/** Scheme and host of an address that is refused: all else in it can be a secret, and so can all of it if these are not clear. */
export function describeAddress(text: string): string {
  const [, scheme = '', host = '', port = '', rest = ''] = AT_SIGN.test(text) ? [] : (PARTS.exec(text) ?? []);
  // Digits before something else can be the start of a password.
  const shown = rest === '' ? scheme + host + port : scheme + host;
  if (host !== '' && !looksSecret(host)) return JSON.stringify(shown) + describeRest(rest);
  const [begin] = PLAIN_SCHEME.exec(text) ?? [];
  return begin === undefined
    ? `a text of ${text.length} characters`
    : `a URL that begins with ${JSON.stringify(begin)}`;
}

function describeRest(rest: string): string {
  const parts = [
    /^[/\\][^?#]/.test(rest) && 'a path',
    /^[^#]*\?/.test(rest) && 'a query',
    rest.includes('#') && 'a fragment',
  ].filter((part) => part !== false);
  const last = parts.pop();
  if (last === undefined) return '';
  return ` with ${parts.length === 0 ? last : `${parts.join(', ')} and ${last}`}`;
}
