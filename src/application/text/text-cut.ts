import { escapeLineSeparators } from '../../domain/shared/json.ts';
import { type Encoding, lineEndIn } from '../../domain/text/encodings.ts';
import { countLines, lastLineEnd, skipLines, startOfLastLines } from '../../domain/text/lines.ts';
import { charactersIn, decodeText, decodingOf } from '../../domain/text/text-decoding.ts';
import { utf8Length } from '../../domain/text/utf8.ts';

/** The bytes of some text that go out: whole lines as long as they fit, else as much of one line as fits. */
export interface TextCut {
  readonly start: number;
  readonly end: number;
  /** The effect of the limit; absent if everything fits. */
  readonly cut?: {
    /** Inside a line that is longer than the limit, else between two lines. */
    readonly insideLine: boolean;
    /** Lines between start and end. */
    readonly lines: number;
  };
}

export interface TextBounds {
  readonly encoding: Encoding;
  /** Lines wanted; absent: all. */
  readonly lines?: number | undefined;
  /** Of the result as JSON text in UTF-8, without its quotes. */
  readonly maxBytes: number;
}

/** Of base64, whose last group is always whole. */
const PADDING = 4;

/** More bytes than these never fit. */
export const mostBytes = ({ encoding, maxBytes }: TextBounds): number =>
  Math.ceil(maxBytes / leastCost(encoding)) + PADDING;

/** Bytes of JSON that a byte of a file takes at least. */
function leastCost(encoding: Encoding): number {
  if (encoding === 'base64') return 4 / 3;
  if (encoding === 'utf-8') return 1;
  return lineEndIn(encoding).bytes === 4 ? 1 / 4 : 1 / 2; // GB 18030 has four bytes for what is two in UTF-8
}

/** Bytes of JSON that a byte of a file takes at most: \u001f, in any encoding. */
const MOST = 6;

/**
 * The beginning of the bytes that fits; they begin at a line.
 * @param isAll whether nothing comes behind the bytes
 */
export function cutHead(bytes: Uint8Array, bounds: TextBounds, isAll = true): TextCut {
  const { lines, encoding } = bounds;
  const end = lines === undefined ? bytes.length : skipLines(bytes, encoding, lines);
  const fit = fitForwards(bytes, { from: 0, to: end }, bounds);
  if (fit >= end && (isAll || end < bytes.length)) return { start: 0, end };
  // Of base64, whole groups, so that what is read part by part can be put together.
  const lineEnd = encoding === 'base64' ? 0 : lastLineEnd(bytes, encoding, fit);
  if (lineEnd === 0) return { start: 0, end: fit, cut: { insideLine: true, lines: 1 } };
  const fitting = countLines(bytes.subarray(0, lineEnd), encoding);
  return { start: 0, end: lineEnd, cut: { insideLine: false, lines: fitting } };
}

/** The last lines, as many as wanted and as fit. */
export function cutTail(bytes: Uint8Array, bounds: TextBounds & { readonly lines: number }): TextCut {
  const { lines, encoding } = bounds;
  const end = bytes.length;
  const first = startOfLastLines(bytes, encoding, lines);
  const { start, insideLine } = fitBackwards(bytes, first, bounds);
  if (start <= first) return { start, end };
  const count = insideLine ? 1 : countLines(bytes.subarray(start), encoding);
  return { start, end, cut: { insideLine, lines: count } };
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Bytes that are decoded and measured at once. */
const BLOCK = 2048;

/** The last end of a character up to `to` up to which the bytes fit. */
function fitForwards(bytes: Uint8Array, { from, to }: Stretch, { encoding, maxBytes }: TextBounds): number {
  if (encoding === 'base64') return Math.min(to, from + budgetOf({ encoding, maxBytes }));
  if ((to - from) * MOST <= maxBytes) return to;
  const decoding = decodingOf(encoding);
  let spent = 0;
  let before = { at: from, spent };
  for (let at = from; at < to; at += BLOCK) {
    const end = Math.min(at + BLOCK, to);
    const cost = encodedCost(decoding.decode(bytes.subarray(at, end), end < to));
    if (spent + cost > maxBytes)
      return fitCharacters(
        bytes,
        { from: before.at, to: end },
        { encoding, maxBytes: maxBytes - before.spent },
      );
    before = { at, spent };
    spent += cost;
  }
  return to;
}

/** As `fitForwards`, character by character: from the block before, since this one can begin inside of a character. */
function fitCharacters(bytes: Uint8Array, stretch: Stretch, { encoding, maxBytes }: TextBounds): number {
  let spent = 0;
  let fit = stretch.from;
  for (const { text, end } of charactersIn(bytes, encoding, stretch)) {
    spent += encodedCost(text);
    if (spent > maxBytes) break;
    fit = end;
  }
  return fit;
}

/** The first line from `first` on from which on the bytes fit, or where in the last line they do. */
function fitBackwards(
  bytes: Uint8Array,
  first: number,
  bounds: TextBounds,
): { readonly start: number; readonly insideLine: boolean } {
  const { encoding } = bounds;
  const { bytes: width } = lineEndIn(encoding);
  let left = budgetOf(bounds);
  let start = bytes.length;
  for (let least = BLOCK; start > first; ) {
    const from = Math.max(
      first,
      lastLineEnd(bytes, encoding, Math.max(first, start - Math.max(least, width))),
    );
    const cost = costOf(bytes, { from, to: start }, encoding);
    if (cost <= left) {
      left -= cost;
      start = from;
    } else if (least > 0) {
      least = 0; // line by line now
    } else if (start < bytes.length) {
      break;
    } else {
      return { start: fitEnd(bytes, from, bounds, cost), insideLine: true };
    }
  }
  return { start, insideLine: false };
}

/** The start of the longest end that fits, in a line that is too long. */
function fitEnd(bytes: Uint8Array, from: number, { encoding, maxBytes }: TextBounds, cost: number): number {
  const to = bytes.length;
  if (encoding === 'base64') return to - budgetOf({ encoding, maxBytes });
  const start = fitForwards(bytes, { from, to }, { encoding, maxBytes: cost - maxBytes });
  if (costOf(bytes, { from: start, to }, encoding) <= maxBytes) return start;
  for (const { end } of charactersIn(bytes, encoding, { from: start, to })) return end; // part of a character is too much
  return to;
}

/** The cost of some bytes: as JSON, or of base64 the bytes themselves, since three are whole there. */
function costOf(bytes: Uint8Array, { from, to }: Stretch, encoding: Encoding): number {
  return encoding === 'base64' ? to - from : encodedCost(decodeText(bytes.subarray(from, to), encoding));
}

const budgetOf = ({ encoding, maxBytes }: TextBounds) =>
  encoding === 'base64' ? Math.floor(maxBytes / 4) * 3 : maxBytes;

/** Bytes of JSON that a text takes, without its quotes. */
const encodedCost = (text: string) => utf8Length(escapeLineSeparators(JSON.stringify(text))) - 2;
