import { type Encoding, lineEndIn } from '../../domain/text/encodings.ts';
import { countLineEnds } from '../../domain/text/lines.ts';
import type { OpenFile } from '../ports/files.ts';
import { LineSkipper } from './line-skipper.ts';
import { cutHead, cutTail, mostBytes, type TextCut } from './text-cut.ts';
import { HEAD_BYTES } from './text-or-binary.ts';

const NOTHING = new Uint8Array();

/** Some lines of a file, as bytes. */
export interface LinesRead extends TextCut {
  readonly encoding: Encoding;
  readonly bytes: Uint8Array;
  /** Position of `bytes` in the file. */
  readonly position: number;
  /** Lines of the file, where it has none at the offset. */
  readonly linesBefore?: number;
}

/** The wanted part of a file. */
export interface TextPart {
  /** Byte at which to begin. */
  readonly position: number;
  /** Lines to skip from there. */
  readonly offset: number;
  /** Lines wanted; absent: all. */
  readonly lines: number | undefined;
  readonly maxBytes: number;
}

/** The encoding of a file that begins so; undefined where it has none that is text. */
export type Decide = (head: Uint8Array) => Encoding | undefined;

/** Zeros of a sparse file among which a line is looked for: Node.js can't skip its holes, and terabytes of them take hours. */
const MOST_ZEROS = 128 * 1024 * 1024;

/**
 * Reads from a line on, and no further than what fits.
 * @returns undefined where the file is no text, `too far` where a sparse file has too many zeros before it
 */
export async function readHead(
  file: OpenFile,
  part: TextPart,
  decide: Decide,
  signal: AbortSignal,
): Promise<LinesRead | undefined | 'too far'> {
  let encoding = part.position > 0 ? decide(await headOf(file)) : undefined;
  if (part.position > 0 && encoding === undefined) return undefined;
  const { lines, maxBytes } = part;
  const start = part.position - (part.position % lineEndIn(encoding ?? 'utf-8').bytes);
  let skip: LineSkipper | undefined;
  let most = 0;
  const parts: Uint8Array[] = [];
  let length = 0;
  let ends = 0;
  let zeros = 0;
  let position = start;
  let isAll = true;
  for await (const chunk of file.chunks(start)) {
    signal.throwIfAborted();
    if (skip === undefined) {
      encoding ??= decide(chunk.subarray(0, HEAD_BYTES));
      if (encoding === undefined) return undefined;
      skip = new LineSkipper(part.offset, encoding, start);
      most = mostBytes({ encoding, maxBytes });
    }
    const from = skip.take(chunk);
    if (from === undefined) {
      if (file.isSparse && chunk[0] === 0 && chunk.at(-1) === 0) zeros += chunk.length;
      if (zeros > MOST_ZEROS) return 'too far';
      continue;
    }
    if (parts.length === 0) position = skip.position - chunk.length + from;
    const wanted = chunk.subarray(from);
    const isLast = skip.position === file.size;
    parts.push(isLast ? wanted : wanted.slice()); // the next chunk may come in the same memory
    length += wanted.length;
    if (lines !== undefined && encoding !== undefined) ends += countLineEnds(wanted, encoding);
    const isEnough = isLast || (lines !== undefined && ends >= lines);
    if (!isEnough && length < most) continue;
    isAll = isEnough;
    break;
  }
  encoding ??= decide(NOTHING) ?? 'utf-8';
  const bytes = join(parts, length);
  const cut = cutHead(bytes, { encoding, lines, maxBytes }, isAll);
  return { ...cut, encoding, bytes, position, ...(length === 0 && { linesBefore: skip?.linesBefore ?? 0 }) };
}

/** Reads the last lines, from the end of the file: no more of it than what fits. @returns undefined where it is no text */
export async function readTail(
  file: OpenFile,
  { lines, maxBytes }: { readonly lines: number; readonly maxBytes: number },
  decide: Decide,
  signal: AbortSignal,
): Promise<LinesRead | undefined> {
  const encoding = decide(await headOf(file));
  if (encoding === undefined) return undefined;
  const bounds = { encoding, lines, maxBytes };
  const most = mostBytes(bounds);
  for (let window = FIRST_WINDOW; ; window *= 4) {
    const length = Math.min(window, most);
    // A multiple of the widest unit, so that none is split.
    const position = Math.max(0, file.size - length - ((file.size - length) % WIDEST));
    const bytes = await readFrom(file, position, signal);
    const cut = cutTail(bytes, bounds);
    // A window of the most that fits is always cut: the loop comes to an end.
    if (position === 0 || cut.start > 0) return { ...cut, encoding, bytes, position };
    if (length === most) return { ...cut, encoding, bytes, position, cut: { insideLine: true, lines: 1 } };
  }
}

const FIRST_WINDOW = 64 * 1024;
const WIDEST = 4;

export async function headOf(file: OpenFile): Promise<Uint8Array> {
  for await (const chunk of file.chunks()) return chunk.slice(0, HEAD_BYTES);
  return NOTHING;
}

async function readFrom(file: OpenFile, position: number, signal: AbortSignal): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of file.chunks(position)) {
    signal.throwIfAborted();
    parts.push(chunk.slice());
    length += chunk.length;
  }
  return join(parts, length);
}

/**
 * All of a file, or undefined where it has more bytes.
 * @param most a number, or what its first bytes decide
 */
export async function readAll(
  file: OpenFile,
  most: number | ((head: Uint8Array) => number),
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  let limit = typeof most === 'number' ? most : undefined;
  if (limit !== undefined && file.size > limit) return undefined;
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of file.chunks()) {
    signal.throwIfAborted();
    limit ??= (most as (head: Uint8Array) => number)(chunk);
    if (file.size > limit) return undefined;
    parts.push(chunk.slice());
    length += chunk.length;
    if (length > limit) return undefined;
  }
  return join(parts, length);
}

function join(parts: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
