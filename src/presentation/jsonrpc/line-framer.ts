import { GrowingBytes, LONG_MESSAGE } from './growing-bytes.ts';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const NOT_BLANK = /\S/;
const REPLACEMENT = '\ufffd';
const BYTE_ORDER_MARK = '\ufeff';

export interface LineFramerOptions {
  /** Bytes; a longer line is dropped as it comes, never kept. */
  readonly maxLineBytes: number;
  /** UTF-8 with U+FFFD for bytes that aren't. */
  readonly decode: (bytes: Uint8Array, start: number, end: number) => string;
  /** True if bytes are UTF-8. */
  readonly isUtf8: (bytes: Uint8Array) => boolean;
  /** Each line that isn't blank, without its end, in order. */
  readonly onLine: (line: string) => void;
  /** In its place, a line that is not UTF-8. */
  readonly onMalformed: (line: string) => void;
  /** Once for each line over the limit, when it ends. */
  readonly onOversized: () => void;
}

/** Cuts a stream of bytes into lines, wherever the chunks were split. Looks at each byte once and decodes whole lines only. */
export class LineFramer {
  private readonly options: LineFramerOptions;
  private parts: Uint8Array[] = [];
  /** In place of the parts, of a line that is long. */
  private long: GrowingBytes | undefined;
  private length = 0;
  private first = true;

  constructor(options: LineFramerOptions) {
    this.options = options;
  }

  /** The chunk is the caller's again when this returns. */
  push(chunk: Uint8Array): void {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      if (this.length === 0) this.take(chunk, start, end);
      else this.complete(chunk.subarray(start, end));
      start = end + 1;
    }
    if (start < chunk.length) this.keep(chunk.subarray(start));
  }

  /** The stream has ended: what came after the last line end is a line as well. */
  end(): void {
    if (this.length > 0) this.complete(new Uint8Array(0));
  }

  private keep(part: Uint8Array): void {
    const { maxLineBytes } = this.options;
    this.length += part.length;
    if (this.length > maxLineBytes) this.letGo();
    else if (this.long) this.long.add(part);
    else if (this.length < LONG_MESSAGE) this.parts.push(Uint8Array.prototype.slice.call(part));
    else {
      this.long = new GrowingBytes(maxLineBytes);
      for (const kept of [...this.parts, part]) this.long.add(kept);
      this.parts = [];
    }
  }

  private letGo(): void {
    if (this.parts.length > 0) this.parts = [];
    this.long?.letGo();
    this.long = undefined;
  }

  /** The end of a line whose beginning was kept. */
  private complete(last: Uint8Array): void {
    this.keep(last);
    const { length, long } = this;
    this.length = 0;
    if (length > this.options.maxLineBytes) this.options.onOversized();
    else this.take(long?.all() ?? join(this.parts, length), 0, length);
  }

  private take(bytes: Uint8Array, start: number, end: number): void {
    if (end - start > this.options.maxLineBytes) {
      this.options.onOversized();
      return;
    }
    const last = bytes[end - 1] === CARRIAGE_RETURN && end > start ? end - 1 : end;
    let line = this.options.decode(bytes, start, last);
    const isMalformed = line.includes(REPLACEMENT) && !this.options.isUtf8(bytes.subarray(start, last));
    this.letGo(); // before anything is made of the text
    if (this.first) {
      this.first = false;
      if (line.startsWith(BYTE_ORDER_MARK)) line = line.slice(1);
    }
    if (isMalformed) this.options.onMalformed(line);
    else if (NOT_BLANK.test(line)) this.options.onLine(line);
  }
}

function join(parts: readonly Uint8Array[], length: number): Uint8Array {
  const line = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    line.set(part, at);
    at += part.length;
  }
  return line;
}
