import { type Encoding, lineEndIn } from '../../domain/text/encodings.ts';

/** Finds where a line begins, chunk by chunk. */
export class LineSkipper {
  private lines = 0;
  private lineEnd: number;
  /** Of the end of the last chunk, in the file. */
  position: number;
  private readonly offset: number;
  private readonly width: number;
  private readonly ten: number;
  /** The bytes of this unit, as far as they have come, are those of a line end. */
  private isEnd = true;

  /** @param start of the first chunk in the file */
  constructor(offset: number, encoding: Encoding, start: number) {
    this.offset = offset;
    this.position = start;
    this.lineEnd = start;
    ({ bytes: this.width, at: this.ten } = lineEndIn(encoding));
  }

  get linesBefore(): number {
    return this.lines + (this.lineEnd < this.position ? 1 : 0);
  }

  /** @returns where in the chunk the wanted lines go on; undefined: behind it */
  take(chunk: Uint8Array): number | undefined {
    const start = this.position;
    this.position += chunk.length;
    if (this.lines >= this.offset) return chunk.length > 0 ? 0 : undefined;
    for (let at = this.nextEnd(chunk, 0, start); at !== -1; at = this.nextEnd(chunk, at, start)) {
      this.lines += 1;
      this.lineEnd = start + at;
      if (this.lines === this.offset) return at < chunk.length ? at : undefined;
    }
    return undefined;
  }

  /** The end of the next line end in the chunk, or -1. */
  private nextEnd(chunk: Uint8Array, from: number, start: number): number {
    if (this.width === 1) {
      const at = chunk.indexOf(10, from);
      return at === -1 ? -1 : at + 1;
    }
    for (let at = from; at < chunk.length; at++) {
      const place = (start + at) % this.width;
      if (place === 0) this.isEnd = true;
      this.isEnd &&= chunk[at] === (place === this.ten ? 10 : 0);
      if (this.isEnd && place === this.width - 1) return at + 1;
    }
    return -1;
  }
}
