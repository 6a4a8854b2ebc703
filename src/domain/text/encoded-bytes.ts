/** Bytes that are added one by one. A list of numbers would take eight times the memory, and be copied at the end. */
export class EncodedBytes {
  private bytes: Uint8Array;
  private length = 0;

  /** @param expected how many there will be, or so */
  constructor(expected: number) {
    this.bytes = new Uint8Array(expected + 16);
  }

  push(byte: number): void {
    if (this.length === this.bytes.length) this.grow();
    this.bytes[this.length++] = byte;
  }

  all(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  private grow(): void {
    const larger = new Uint8Array(this.bytes.length * 2);
    larger.set(this.bytes);
    this.bytes = larger;
  }
}
