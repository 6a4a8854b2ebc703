import { andThen, type Eventual } from '../../../application/eventual.ts';
import { breatheAfter } from './breathe.ts';

const FIRST_BLOCK = 4 * 1024;
const LARGEST_BLOCK = 256 * 1024;

/**
 * Collects bytes that come in pieces of any size, each copied into the last of blocks that grow: a piece of its own for each byte
 * would cost some sixty times as much as the byte, and a part of a larger buffer keeps all of that from being freed.
 */
export class ByteCollector {
  private readonly reserve: (bytes: number) => boolean;
  /** The only piece so far, which most messages come in: it is never copied. */
  private only: Buffer | undefined;
  private blocks: Buffer[] = [];
  /** Bytes of the last block that have been written. */
  private written = 0;
  private length = 0;

  /** @param reserve asked before memory is taken; says whether there is any */
  constructor(reserve: (bytes: number) => boolean) {
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
    this.blocks = [];
    this.written = 0;
    this.length = 0;
  }

  /**
   * Everything as UTF-8, once: what it is made of is let go of before the text takes as much again, or twice. Of much, others are
   * served between the two steps.
   */
  takeText(): Eventual<string> {
    const bytes = this.only ?? Buffer.concat(this.blocks, this.length);
    this.clear();
    return andThen(breatheAfter(bytes.length), () => bytes.toString('utf8'));
  }

  private copy(piece: Buffer): boolean {
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
