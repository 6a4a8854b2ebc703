/** Bytes from which on a message is long: parts of it would have to be joined, in as much memory again. */
export const LONG_MESSAGE = 1024 * 1024;

/** Bytes by which the memory grows. */
const STEP = 1024 * 1024;

/** Bytes that come piece by piece, in one piece of memory that grows with them in place: nothing is copied when it is whole. */
export class GrowingBytes {
  private readonly memory: ArrayBuffer;
  private readonly bytes: Uint8Array;
  private length = 0;

  /** @param most bytes that may come */
  constructor(most: number) {
    this.memory = new ArrayBuffer(0, { maxByteLength: most });
    this.bytes = new Uint8Array(this.memory);
  }

  /** @throws RangeError where more come than may */
  add(piece: Uint8Array): void {
    const end = this.length + piece.length;
    if (end > this.memory.byteLength)
      this.memory.resize(Math.max(end, Math.min(this.memory.byteLength + STEP, this.memory.maxByteLength)));
    this.bytes.set(piece, this.length);
    this.length = end;
  }

  /** All that has come, until it is let go of. */
  all(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  /** Gives the memory back at once. */
  letGo(): void {
    this.length = 0;
    this.memory.resize(0);
  }
}
