import type { TextEncoding } from './text-encoding.ts';

/** Which bytes of some text go out: whole lines as long as they fit, else as much of one line as fits. */
export interface TextCut {
  readonly start: number;
  readonly end: number;
  /** What the limit did; absent where all that was wanted fits. */
  readonly cut?: {
    /** Inside a line that is longer than the limit, else between two lines. */
    readonly insideLine: boolean;
    /** Lines between start and end. */
    readonly lines: number;
  };
}

export interface TextBounds {
  readonly encoding: TextEncoding;
  /** Lines wanted; absent: all. */
  readonly lines?: number | undefined;
  /** Of the result as JSON text in UTF-8, without its quotes. */
  readonly maxBytes: number;
}

/** What a byte of a file can take as JSON, at most and at least. */
const MOST: Readonly<Record<TextEncoding, number>> = { 'utf-8': 6, latin1: 6, 'utf-16le': 3, base64: 4 / 3 };
const LEAST: Readonly<Record<TextEncoding, number>> = {
  'utf-8': 1,
  latin1: 1,
  'utf-16le': 0.5,
  base64: 4 / 3,
};

/** Of base64, whose last group is always whole. */
const PADDING = 4;

/** More bytes than these never fit. */
export const mostBytes = ({ encoding, maxBytes }: TextBounds): number =>
  Math.ceil(maxBytes / LEAST[encoding]) + PADDING;

/** The beginning of the bytes that fits; they begin at a line. */
export function cutHead(bytes: Uint8Array, bounds: TextBounds): TextCut {
  const { lines, encoding, maxBytes } = bounds;
  const end = lines === undefined ? bytes.length : skipLines(bytes, encoding, lines);
  if (end * MOST[encoding] <= maxBytes - PADDING) return { start: 0, end };
  const fit = fitForwards(bytes, end, bounds);
  if (fit >= end) return { start: 0, end };
  const lineEnd = lastLineEnd(bytes, encoding, fit);
  if (lineEnd === 0)
    return { start: 0, end: characterStart(bytes, fit, encoding), cut: { insideLine: true, lines: 1 } };
  const fitting = countLines(bytes.subarray(0, lineEnd), encoding);
  return { start: 0, end: lineEnd, cut: { insideLine: false, lines: fitting } };
}

/** The last lines, as many as wanted and as fit. */
export function cutTail(bytes: Uint8Array, bounds: TextBounds & { readonly lines: number }): TextCut {
  const { lines, encoding } = bounds;
  const end = bytes.length;
  const start = startOfLast(bytes, encoding, lines);
  const fit = fitBackwards(bytes, start, bounds);
  if (fit <= start) return { start, end };
  const lineStart = fit + skipLines(bytes.subarray(fit), encoding, 1);
  const isWhole = lastLineEnd(bytes, encoding, fit) === fit;
  if (!isWhole && lineStart >= end)
    return { start: nextCharacter(bytes, fit, encoding), end, cut: { insideLine: true, lines: 1 } };
  const from = isWhole ? fit : lineStart;
  return { start: from, end, cut: { insideLine: false, lines: countLines(bytes.subarray(from), encoding) } };
}

/** Lines that begin in the bytes; what follows the last line end is one too. */
export function countLines(bytes: Uint8Array, encoding: TextEncoding): number {
  const isWide = encoding === 'utf-16le';
  let lines = 0;
  // Plain loops over bytes, here and below: they run over megabytes on the thread that everyone waits for.
  if (isWide) {
    for (let at = 0; at < bytes.length; at += 2) if (bytes[at] === 10 && bytes[at + 1] === 0) lines += 1;
  } else {
    for (let at = 0; at < bytes.length; at++) if (bytes[at] === 10) lines += 1;
  }
  return lines + (lastLineEnd(bytes, encoding, bytes.length) < bytes.length ? 1 : 0);
}

/** Where the line behind this many lines begins; the end where there are no more. */
function skipLines(bytes: Uint8Array, encoding: TextEncoding, lines: number): number {
  let at = 0;
  for (let line = 0; line < lines && at < bytes.length; line++) at = nextLine(bytes, encoding, at);
  return at;
}

function nextLine(bytes: Uint8Array, encoding: TextEncoding, from: number): number {
  const isWide = encoding === 'utf-16le';
  for (let at = bytes.indexOf(10, from); at !== -1; at = bytes.indexOf(10, at + 1)) {
    if (!isWide) return at + 1;
    if (at % 2 === 0 && bytes[at + 1] === 0) return at + 2;
  }
  return bytes.length;
}

/** The last position up to this one where a line begins. */
function lastLineEnd(bytes: Uint8Array, encoding: TextEncoding, position: number): number {
  const isWide = encoding === 'utf-16le';
  const last = position - (isWide ? 2 : 1);
  if (last < 0) return 0;
  for (let at = bytes.lastIndexOf(10, last); at !== -1; at = at === 0 ? -1 : bytes.lastIndexOf(10, at - 1)) {
    if (!isWide) return at + 1;
    if (at % 2 === 0 && bytes[at + 1] === 0) return at + 2;
  }
  return 0;
}

const BLOCK = 4096;

/** Where the last lines begin, as many as wanted. */
function startOfLast(bytes: Uint8Array, encoding: TextEncoding, lines: number): number {
  // The end of the last line begins no other.
  let start = lastLineEnd(bytes, encoding, bytes.length - (encoding === 'utf-16le' ? 2 : 1));
  for (let line = 1; line < lines && start > 0; line++)
    start = lastLineEnd(bytes, encoding, start - (encoding === 'utf-16le' ? 2 : 1));
  return start;
}

/** The last position up to `end` up to which the bytes fit. */
function fitForwards(bytes: Uint8Array, end: number, bounds: TextBounds): number {
  const { costs, budget } = measure(bounds);
  let spent = 0;
  if (costs === undefined) {
    for (let at = 0; at < end; at += 2) {
      spent += unitCost(bytes, at);
      if (spent > budget) return at;
    }
    return end;
  }
  let at = 0;
  // Blocks first: without a question at each byte it takes half the time.
  for (; at + BLOCK <= end; at += BLOCK) {
    let block = 0;
    for (let i = at; i < at + BLOCK; i++) block += costs[bytes[i] as number] as number;
    if (spent + block > budget) break;
    spent += block;
  }
  for (; at < end; at++) {
    spent += costs[bytes[at] as number] as number;
    if (spent > budget) break;
  }
  return at;
}

/** The first position from `start` on from which on the bytes fit. */
function fitBackwards(bytes: Uint8Array, start: number, bounds: TextBounds): number {
  const { costs, budget } = measure(bounds);
  let spent = 0;
  if (costs === undefined) {
    // An odd byte at the end of UTF-16 is for the decoder to refuse.
    for (let at = bytes.length - 2 + (bytes.length % 2); at >= start; at -= 2) {
      spent += unitCost(bytes, at);
      if (spent > budget) return at + 2;
    }
    return start;
  }
  for (let at = bytes.length - 1; at >= start; at--) {
    spent += costs[bytes[at] as number] as number;
    if (spent > budget) return at + 1;
  }
  return start;
}

/** What the bytes cost one by one, undefined where two make a unit, and how much may be spent. */
function measure({ encoding, maxBytes }: TextBounds): { costs: Uint8Array | undefined; budget: number } {
  if (encoding === 'base64') return { costs: base64Costs, budget: Math.floor(maxBytes / 4) * 3 };
  if (encoding === 'utf-16le') return { costs: undefined, budget: maxBytes };
  return { costs: encoding === 'latin1' ? latin1Costs : utf8Costs, budget: maxBytes };
}

/** By the byte: what JSON makes of it. Short escapes take two, other control characters six (\u001f). */
const utf8Costs = new Uint8Array(256).map((_, byte) => {
  if (byte === 0x22 || byte === 0x5c || (byte >= 8 && byte <= 13 && byte !== 11)) return 2;
  return byte < 0x20 ? 6 : 1;
});
const latin1Costs = utf8Costs.map((cost, byte) => (byte < 0x80 ? cost : 2));
const base64Costs = utf8Costs.map(() => 1);

function unitCost(bytes: Uint8Array, at: number): number {
  const unit = unitAt(bytes, at);
  if (unit < 0x80) return utf8Costs[unit] as number;
  return unit < 0x800 || (unit & 0xf800) === 0xd800 ? 2 : 3; // half of a surrogate pair's four
}

const unitAt = (bytes: Uint8Array, at: number) => (bytes[at] as number) | ((bytes[at + 1] ?? 0) << 8);

/** The last position up to this one where no character is split. */
function characterStart(bytes: Uint8Array, position: number, encoding: TextEncoding): number {
  let at = position;
  if (encoding === 'utf-8') while (at > 0 && isContinuation(bytes[at])) at -= 1;
  if (encoding === 'utf-16le' && isLowSurrogate(bytes, at)) at -= 2;
  return at;
}

/** The first position from this one on where no character is split. */
function nextCharacter(bytes: Uint8Array, position: number, encoding: TextEncoding): number {
  let at = position;
  if (encoding === 'utf-8') while (at < bytes.length && isContinuation(bytes[at])) at += 1;
  if (encoding === 'utf-16le' && isLowSurrogate(bytes, at)) at += 2;
  return at;
}

const isContinuation = (byte: number | undefined) => byte !== undefined && (byte & 0xc0) === 0x80;
const isLowSurrogate = (bytes: Uint8Array, at: number) => (unitAt(bytes, at) & 0xfc00) === 0xdc00;
