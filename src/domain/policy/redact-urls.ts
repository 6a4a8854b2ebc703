/**
 * A scheme and what follows it; a path that was made of a URL has one slash left. Of a longer scheme the end is looked at: all of
 * it from each of its characters would take the square of its length.
 */
const URL_LIKE = /([a-z][a-z0-9+.-]{1,31}:\/{1,2})([^\s"'`<>]+)/gi;

/** Puts the mask in every URL of a text in the place of what can be a secret: user and password, query, fragment with values. */
export function redactUrls(text: string, mask: string): string {
  if (!text.includes(':/')) return text;
  return text.replace(URL_LIKE, (_, scheme: string, rest: string) => scheme + redactRest(scheme, rest, mask));
}

function redactRest(scheme: string, rest: string, mask: string): string {
  const shown = hasUser(rest) ? mask + rest.slice(rest.lastIndexOf('@')) : rest;
  // In the name of a file they are characters like others.
  if (scheme.toLowerCase().startsWith('file:')) return shown;
  return shown.replace(/\?[^#]+/, `?${mask}`).replace(/#[^#]*=.*/, `#${mask}`);
}

/** Decides whether a user is in it, be it with characters in the password that end the authority of a URL that is right. */
function hasUser(rest: string): boolean {
  const [authority = ''] = rest.split(/[/?#]/, 1);
  if (authority.includes('@')) return true;
  return rest.includes('@') && /:(?!\d*$)/.test(authority.replace(/^\[[^\]]*\]/, ''));
}

/** Decides whether a text has the looks of a key, be it that of nobody who is known: letters and digits, long and mixed. */
export function looksSecret(text: string): boolean {
  if (/^(?:0x)?[0-9a-f]{24,}$/i.test(text)) return true;
  if (!/^[\w+/=-]{16,}$/.test(text)) return false;
  if (/[A-Z]/.test(text) && /[a-z]/.test(text) && /\d/.test(text)) return true;
  return /^[a-z0-9]{20,}$/i.test(text) && (text.match(/\d/g) ?? []).length >= 4;
}
