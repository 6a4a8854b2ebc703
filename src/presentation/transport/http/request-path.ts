import type { IncomingMessage } from 'node:http';

/** RFC 9112, section 3.2.2: a server takes it from everybody, though only proxies send it. */
const ABSOLUTE_FORM = /^https?:\/\/([^/?#]*)/i;

/**
 * The path of a request, without its query and without slashes at its end: clients add one to the URL that they were given, and few
 * of them follow a redirect with a body (python-sdk#732, fastmcp#1867).
 */
export function requestPath({ url = '/' }: Pick<IncomingMessage, 'url'>): string {
  const path = url.replace(ABSOLUTE_FORM, '').split('?', 1)[0] as string;
  return withoutSlashes(path);
}

/** The host that a request is for: one in its target counts, whatever its header says (RFC 9112, section 3.2.2). */
export function requestHost({
  url = '/',
  headers,
}: Pick<IncomingMessage, 'url' | 'headers'>): string | undefined {
  return ABSOLUTE_FORM.exec(url)?.[1] ?? headers.host;
}

/** Headers of which Node.js keeps the first and drops the rest, and by which whoever is before the server may have decided otherwise. */
const SINGULAR = ['host', 'authorization'];

/** Finds a header that came more than once and may not: of `Host`, RFC 9112, section 3.2. */
export function findRepeatedHeader({
  headersDistinct,
}: Pick<IncomingMessage, 'headersDistinct'>): string | undefined {
  return SINGULAR.find((name) => (headersDistinct[name]?.length ?? 0) > 1);
}

/** By hand: an expression for slashes at the end tries every run of them. */
function withoutSlashes(path: string): string {
  let end = path.length;
  while (end > 1 && path[end - 1] === '/') end -= 1;
  return end === 0 ? '/' : path.slice(0, end);
}
