import type { IncomingMessage } from 'node:http';

/** RFC 9112, section 3.2.2: a server takes it from everybody, though only proxies send it. */
const ABSOLUTE_FORM = /^https?:\/\/[^/?#]*/i;

/**
 * The path of a request, without its query and without slashes at its end: clients add one to the URL that they were given, and few
 * of them follow a redirect with a body (python-sdk#732, fastmcp#1867).
 */
export function requestPath({ url = '/' }: Pick<IncomingMessage, 'url'>): string {
  const path = url.replace(ABSOLUTE_FORM, '').split('?', 1)[0] as string;
  return withoutSlashes(path);
}

/** By hand: an expression for slashes at the end tries every run of them. */
function withoutSlashes(path: string): string {
  let end = path.length;
  while (end > 1 && path[end - 1] === '/') end -= 1;
  return end === 0 ? '/' : path.slice(0, end);
}
