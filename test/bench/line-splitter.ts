const NEWLINE = 10;

/** Cuts a stream of chunks into lines, as bytes: nothing is decoded, and a line inside one chunk is not copied. */
export class LineSplitter {
  #open: Buffer[] = [];

  /** The lines that `chunk` completes, without their newlines. */
  push(chunk: Buffer): Buffer[] {
    const lines: Buffer[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      lines.push(this.#complete(chunk.subarray(start, end)));
      start = end + 1;
    }
    if (start < chunk.length) this.#open.push(chunk.subarray(start));
    return lines;
  }

  #complete(end: Buffer): Buffer {
    if (this.#open.length === 0) return end;
    const line = Buffer.concat([...this.#open, end]);
    this.#open = [];
    return line;
  }
}
