import type { OpenFile } from '../ports/files.ts';
import { countLines, cutHead, cutTail, mostBytes, type TextBounds, type TextCut } from './text-cut.ts';
import { HEAD_BYTES } from './text-or-binary.ts';

const NOTHING = new Uint8Array();

/** Some lines of a file, as bytes. */
export interface LinesRead extends TextCut {
  readonly bytes: Uint8Array;
  /** Where `bytes` begin in the file. */
  readonly position: number;
  /** How the file begins; absent where the reader didn't come by. */
  readonly head?: Uint8Array;
  /** Lines of the file, where it has none at the offset. */
  readonly linesBefore?: number;
}

/** Reads from the line `offset` on, and no further than what fits. */
export async function readHead(
  file: OpenFile,
  offset: number,
  bounds: TextBounds,
  signal: AbortSignal,
): Promise<LinesRead> {
  const skip = new LineSkipper(offset, bounds.encoding === 'utf-16le');
  const most = mostBytes(bounds);
  const parts: Uint8Array[] = [];
  let length = 0;
  let lines = 0;
  let position = 0;
  let head: Uint8Array = NOTHING;
  for await (const chunk of file.chunks()) {
    signal.throwIfAborted();
    if (head.length === 0) head = chunk.slice(0, HEAD_BYTES);
    const from = skip.take(chunk);
    if (from === undefined) continue;
    if (parts.length === 0) position = skip.position - chunk.length + from;
    const part = chunk.subarray(from);
    const isLast = skip.position === file.size;
    parts.push(isLast ? part : part.slice()); // the next chunk may come in the same memory
    length += part.length;
    if (bounds.lines !== undefined) lines += countLines(part, bounds.encoding);
    // A chunk that ends inside a line counts it, and so does the next one: at most a line a chunk is read too much.
    if (isLast || length >= most || (bounds.lines !== undefined && lines - parts.length > bounds.lines))
      break;
  }
  const bytes = join(parts, length);
  const cut = cutHead(bytes, bounds);
  return { ...cut, bytes, position, head, ...(length === 0 && { linesBefore: skip.linesBefore }) };
}

/** Reads the last lines, from the end of the file: no more of it than what fits. */
export async function readTail(
  file: OpenFile,
  bounds: TextBounds & { readonly lines: number },
  signal: AbortSignal,
): Promise<LinesRead> {
  const most = mostBytes(bounds);
  for (let window = FIRST_WINDOW; ; window *= 4) {
    const length = Math.min(window, most);
    // Even, so that it splits no UTF-16 unit.
    const position = file.size === 0 ? 0 : Math.max(0, file.size - length - ((file.size - length) % 2));
    const bytes = await readFrom(file, position, signal);
    const cut = cutTail(bytes, bounds);
    // A window of the most that fits is always cut: the loop comes to an end.
    if (position === 0) return { ...cut, bytes, position, head: bytes.subarray(0, HEAD_BYTES) };
    if (cut.start > 0) return { ...cut, bytes, position };
  }
}

const FIRST_WINDOW = 64 * 1024;

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

/** All of a file, or undefined where it has more bytes. */
export async function readAll(
  file: OpenFile,
  most: number,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  if (file.size > most) return undefined;
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of file.chunks()) {
    signal.throwIfAborted();
    parts.push(chunk.slice());
    length += chunk.length;
    if (length > most) return undefined;
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

/** Finds where a line begins, chunk by chunk. */
class LineSkipper {
  private lines = 0;
  private lineEnd = 0;
  /** Of the end of the last chunk, in the file. */
  position = 0;
  private readonly offset: number;
  private readonly isWide: boolean;
  /** The last byte was the first half of a line end in UTF-16. */
  private isHalf = false;

  constructor(offset: number, isWide: boolean) {
    this.offset = offset;
    this.isWide = isWide;
  }

  get linesBefore(): number {
    return this.lines + (this.lineEnd < this.position ? 1 : 0);
  }

  /** @returns where in the chunk the wanted lines go on; undefined: behind it */
  take(chunk: Uint8Array): number | undefined {
    const start = this.position;
    this.position += chunk.length;
    if (this.lines >= this.offset) return chunk.length > 0 ? 0 : undefined;
    for (let at = 0; at < chunk.length; at++) {
      if (!this.endsLine(chunk[at] as number, start + at)) continue;
      this.lines += 1;
      this.lineEnd = start + at + 1;
      if (this.lines === this.offset && at + 1 < chunk.length) return at + 1;
    }
    return undefined;
  }

  private endsLine(byte: number, position: number): boolean {
    if (!this.isWide) return byte === 10;
    if (position % 2 === 0) {
      this.isHalf = byte === 10;
      return false;
    }
    return this.isHalf && byte === 0;
  }
}
