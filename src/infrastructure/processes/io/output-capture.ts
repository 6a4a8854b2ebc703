import { isUtf8 } from 'node:buffer';
import type { CapturedOutput } from '../../../domain/policy/commands/output-cut.ts';
import { decodeOutput, type OutputDecoder } from './decode-output.ts';

const FIRST_CAPACITY = 4096;

/**
 * Keeps the beginning and the end of what a stream writes, however much that is. One buffer holds both: its first half is filled
 * once, its second half again and again, as a ring.
 */
export class OutputCapture {
  private readonly limit: number;
  private readonly half: number;
  private bytes = Buffer.alloc(0);
  private total = 0;
  /** Position of the ring's oldest byte, once the buffer is full. */
  private oldest: number;

  /** @param limit bytes; half of them for the beginning */
  constructor(limit: number) {
    this.limit = limit;
    this.half = Math.ceil(limit / 2);
    this.oldest = this.half;
  }

  write(chunk: Uint8Array): void {
    const fitting = chunk.subarray(0, Math.max(0, this.limit - this.total));
    if (fitting.length > 0) {
      this.makeRoom(this.total + fitting.length);
      this.bytes.set(fitting, this.total);
    }
    this.overwriteOldest(chunk.subarray(fitting.length));
    this.total += chunk.length;
  }

  /** True if all that was written is UTF-8, as far as it was kept whole. */
  get isUtf8(): boolean {
    return this.total <= this.limit && isUtf8(this.bytes.subarray(0, this.total));
  }

  /**
   * The kept output, as text. Bytes that are of no character become U+FFFD; no character of UTF-8 is cut in two.
   * @param encoding of output that isn't UTF-8, if known, or what reads it
   */
  read(encoding?: string | OutputDecoder): CapturedOutput {
    if (this.total <= this.limit)
      return captured([this.bytes.subarray(0, this.total)], { omittedBytes: 0, encoding });
    const head = this.bytes.subarray(0, this.half);
    const tail = Buffer.concat([
      this.bytes.subarray(this.oldest, this.limit),
      this.bytes.subarray(this.half, this.oldest),
    ]);
    const headLength = completeLength(head);
    const tailStart = continuationLength(tail);
    const omittedBytes = this.total - headLength - (tail.length - tailStart);
    return captured([head.subarray(0, headLength), tail.subarray(tailStart)], { omittedBytes, encoding });
  }

  /**
   * Keeps memory small: most commands write little; one that writes more gets all that is allowed, which the system hands out as it is
   * used.
   */
  private makeRoom(needed: number): void {
    if (needed <= this.bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(
      Math.min(this.limit, needed > FIRST_CAPACITY ? this.limit : FIRST_CAPACITY),
    );
    grown.set(this.bytes);
    this.bytes = grown;
  }

  /** Puts the bytes in the place of the ring's oldest ones. */
  private overwriteOldest(more: Uint8Array): void {
    const last = more.subarray(Math.max(0, more.length - (this.limit - this.half)));
    const first = last.subarray(0, this.limit - this.oldest);
    if (first.length === 0) return;
    this.bytes.set(first, this.oldest);
    this.bytes.set(last.subarray(first.length), this.half);
    this.oldest += last.length;
    if (this.oldest >= this.limit) this.oldest -= this.limit - this.half;
  }
}

function captured(
  parts: readonly Buffer[],
  {
    omittedBytes,
    encoding: fallback,
  }: { omittedBytes: number; encoding: string | OutputDecoder | undefined },
): CapturedOutput {
  const { texts, encoding, invalidBytes } = decodeOutput(parts, fallback);
  const [head = '', tail = ''] = texts;
  return {
    head,
    tail,
    omittedBytes,
    ...(encoding !== undefined && { encoding }),
    ...(invalidBytes > 0 && { invalidBytes }),
  };
}

/** The length of the bytes without a character at their end that lacks its end. */
function completeLength(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if (isContinuation(byte)) continue;
    return sequenceLength(byte) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** The length of the bytes at the beginning that belong to a character that lacks its start. */
function continuationLength(bytes: Uint8Array): number {
  let length = 0;
  while (length < Math.min(3, bytes.length) && isContinuation(bytes[length] as number)) length++;
  return length;
}

const isContinuation = (byte: number) => byte >> 6 === 0b10;

function sequenceLength(lead: number): number {
  if (lead >= 0xf0) return 4;
  if (lead >= 0xe0) return 3;
  return lead >= 0xc0 ? 2 : 1;
}
