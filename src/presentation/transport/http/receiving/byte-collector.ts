import { isUtf8 } from 'node:buffer';
import { GrowingBytes, LONG_MESSAGE } from '../../../jsonrpc/growing-bytes.ts';

const FIRST_BLOCK = 4 * 1024;
const LARGEST_BLOCK = 256 * 1024;

/** Text with U+FFFD for what is not UTF-8. */
export interface DecodedText {
  readonly text: string;
  readonly isMalformed: boolean;
}

/**
 * Collects bytes that come in pieces of any size, each copied into the last of blocks that grow: a piece of its own for each byte
 * would cost some sixty times as much as the byte, and a part of a larger buffer keeps all of that from being freed.
 */
export class ByteCollector {
  private readonly most: number;
  private readonly reserve: (bytes: number) => boolean;
  /** The only piece so far, which most messages come in: it is never copied. */
  private only: Buffer | undefined;
  private long: GrowingBytes | undefined;
  private blocks: Buffer[] = [];
  /** Bytes of the last block that have been written. */
  private written = 0;
  private length = 0;

  /**
   * @param most bytes that may come
   * @param reserve asked before memory is taken; says whether there is any
   */
  constructor(most: number, reserve: (bytes: number) => boolean) {
    this.most = most;
    this.reserve = reserve;
  }

  get size(): number {
    return this.length;
  }

  /** @returns whether there was room */
  add(piece: Buffer): boolean {
    if (this.length === 0) {
      if (!this.reserve(piece.length)) return false;
      this.only = piece;
    } else {
      if (this.only && !this.copy(this.only)) return false;
      this.only = undefined;
      if (!this.copy(piece)) return false;
    }
    this.length += piece.length;
    return true;
  }

  clear(): void {
    this.only = undefined;
    this.long?.letGo();
    this.long = undefined;
    this.blocks = [];
    this.written = 0;
    this.length = 0;
  }

  /** Everything as UTF-8, once: what it is made of is let go of before anything is made of the text. */
  takeText(): DecodedText {
    const bytes = this.only ?? this.long?.all() ?? Buffer.concat(this.blocks, this.length);
    const text = Buffer.prototype.utf8Slice.call(bytes, 0, this.length);
    const isMalformed = text.includes('\ufffd') && !isUtf8(bytes);
    this.clear();
    return { text, isMalformed };
  }

  private copy(piece: Buffer): boolean {
    if (this.long || this.length + piece.length > LONG_MESSAGE) return this.append(piece);
    let from = 0;
    while (from < piece.length) {
      const block = this.blockWithRoom(piece.length - from);
      if (block === undefined) return false;
      const copied = piece.copy(block, this.written, from);
      this.written += copied;
      from += copied;
    }
    return true;
  }

  private append(piece: Buffer): boolean {
    if (!this.reserve(piece.length)) return false;
    if (this.long === undefined) {
      this.long = new GrowingBytes(this.most);
      if (this.blocks.length > 0) this.long.add(Buffer.concat(this.blocks, this.length));
      this.blocks = [];
    }
    this.long.add(piece);
    return true;
  }

  private blockWithRoom(wanted: number): Buffer | undefined {
    const last = this.blocks.at(-1);
    if (last && this.written < last.length) return last;
    const size = Math.min(LARGEST_BLOCK, Math.max(FIRST_BLOCK, wanted, this.length));
    if (!this.reserve(size)) return undefined;
    const block = Buffer.allocUnsafeSlow(size);
    this.blocks.push(block);
    this.written = 0;
    return block;
  }
}
