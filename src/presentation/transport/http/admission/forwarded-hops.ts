import { plainAddress } from './address-set.ts';

/** Reads addresses in a header from its end, whoever was heard from last first; undefined for a hop that has none. */
export type HopReader = (header: string) => Iterable<string | undefined>;

/** Hops of `X-Forwarded-For`: addresses with commas between, and in some proxies ports behind them. */
export function* xForwardedHops(header: string): Generator<string | undefined> {
  for (let end = header.length; end >= 0; ) {
    const comma = end === 0 ? -1 : header.lastIndexOf(',', end - 1);
    yield addressIn(header.slice(comma + 1, end));
    end = comma;
  }
}

/** Hops of `Forwarded` (RFC 7239). */
export function* forwardedHops(header: string): Generator<string | undefined> {
  for (const element of elementsFromEnd(header)) yield addressIn(forOf(element) ?? '');
}

/** From the end, where the quotes are those of a proxy: one too many before them, of a client, swallows nothing. */
function* elementsFromEnd(header: string): Generator<string> {
  let end = header.length;
  let isQuoted = false;
  for (let at = end - 1; at >= 0; at -= 1) {
    if (header[at] === '"' && !isEscaped(header, at)) isQuoted = !isQuoted;
    else if (header[at] === ',' && !isQuoted) {
      yield header.slice(at + 1, end);
      end = at;
    }
  }
  yield header.slice(0, end);
}

function isEscaped(text: string, at: number): boolean {
  let before = at;
  while (text[before - 1] === '\\') before -= 1;
  return (at - before) % 2 === 1;
}

/** Characters of the longest element that is read: one proxy adds some dozens. */
const LONGEST = 1000;

/** A pair of an element. Sloppy proxies leave the quotes out that addresses of IPv6 and ports need. */
const PAIR = /[ \t]*([\w!#$%&'*+.^`|~-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;,"=]+))[ \t]*(?:;|$)/y;

/** The value of the one pair `for`; undefined where there is none, or the element isn't one. */
function forOf(element: string): string | undefined {
  if (element.length > LONGEST) return undefined;
  const found: string[] = [];
  PAIR.lastIndex = 0;
  while (PAIR.lastIndex < element.length) {
    const [, name = '', quoted, token = ''] = PAIR.exec(element) ?? [];
    if (name === '') return undefined;
    if (name.toLowerCase() === 'for') found.push(quoted?.replace(/\\(.)/g, '$1') ?? token);
  }
  return found.length === 1 ? found[0] : undefined;
}

/** `192.0.2.1`, `192.0.2.1:80`, `[2001:db8::1]:80`, or an address of IPv6 alone; not `unknown`, nor names such as `_proxy`. */
const NODE = /^(?:\[([0-9a-f:.]+(?:%[^\]\s]+)?)\]|([0-9.]+))(?::(?:\d{1,5}|_[\w.-]+))?$/i;

function addressIn(text: string): string | undefined {
  const node = text.length > LONGEST ? '' : text.trim();
  const [, bracketed, dotted] = NODE.exec(node) ?? [];
  return plainAddress(bracketed ?? dotted ?? node);
}
