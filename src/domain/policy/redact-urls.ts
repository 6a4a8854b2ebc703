/**
 * A scheme and what follows it; a path that was made of a URL has one slash left. Of a longer scheme the end is looked at: all of
 * it from each of its characters would take the square of its length.
 */
const URL_LIKE = /([a-z][a-z0-9+.-]{1,31}:\/{1,2})([^\s"'`<>]+)/gi;

const AT_SIGNS = ['@', '\uff20', '\ufe6b', '%40'];

/** The sign behind a user, also as it is encoded or as wide keyboards write it. */
export const AT_SIGN = new RegExp(AT_SIGNS.join('|'));

/** Puts the mask in every URL of a text in the place of what can be a secret: user and password, query, fragment with values. */
export function redactUrls(text: string, mask: string): string {
  if (!text.includes(':/')) return text;
  return text.replace(URL_LIKE, (_, scheme: string, rest: string) => scheme + redactRest(scheme, rest, mask));
}

function redactRest(scheme: string, rest: string, mask: string): string {
  const isFile = scheme.toLowerCase().startsWith('file:');
  const [authority = ''] = rest.split(/[/?#]/, 1);
  // Behind a port can be what ends the sentence or the bracket that the URL stands in.
  const hasPort = /^(?:\[[^\]]*\]|[^:]*)(?::\d*[),.;:\]}|]*)?$/.test(authority);
  const isUser = AT_SIGN.test(authority) || (!hasPort && AT_SIGN.test(rest));
  // No port, and nobody's host: of a user and a password the sign was forgotten.
  if (!isUser && !hasPort && !isFile) return mask;
  const shown = isUser ? mask + rest.slice(lastAtSign(rest)) : rest;
  // In the name of a file they are characters like others.
  if (isFile) return shown;
  return shown.replace(/\?[^#]+/, `?${mask}`).replace(/#[^#]*=.*/, `#${mask}`);
}

/** The place of the last one in a text, or -1: a password can have others. */
export function lastAtSign(text: string): number {
  return Math.max(...AT_SIGNS.map((sign) => text.lastIndexOf(sign)));
}

const FRAGMENT = /\b((?:https?|wss?|ftp):\/{1,2}[^\s"'`<>#]*)#[^\s"'`<>]+/gi;

/** Puts the mask in the place of whole fragments of web addresses: where settings are shown, none means a place in a page. */
export function redactFragments(text: string, mask: string): string {
  return text.replace(FRAGMENT, `$1#${mask}`);
}

/** Decides whether a text has the looks of a key, be it that of nobody who is known: letters and digits, long and mixed. */
export function looksSecret(text: string): boolean {
  if (/^(?:0x)?[0-9a-f]{24,}$/i.test(text)) return true;
  if (!/^[\w+/=-]{16,}$/.test(text)) return false;
  if (/[A-Z]/.test(text) && /[a-z]/.test(text) && /\d/.test(text)) return true;
  return /^[a-z0-9]{20,}$/i.test(text) && (text.match(/\d/g) ?? []).length >= 4;
}
