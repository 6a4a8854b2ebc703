/** The findings about an executable's bytes. */
export interface Examination {
  /** The processor that it is for, as the format numbers it. */
  readonly machine: number;
  /** Node.js's single-executable data, as the injection put it in. Null when there is none. */
  readonly blob: Buffer | null;
  /** Faults that an operating system would refuse, or trip over; one sentence each. */
  readonly problems: readonly string[];
}

export const hex = (value: number): string => `0x${value.toString(16)}`;

/** A part of a file: offset and size, in bytes. */
export interface Extent {
  readonly offset: number;
  readonly size: number;
}

export function contains(outer: Extent, inner: Extent): boolean {
  return inner.offset >= outer.offset && inner.offset + inner.size <= outer.offset + outer.size;
}

/** The text up to its first NUL. */
export function textAt(file: Buffer, offset: number, size: number): string {
  const bytes = file.subarray(offset, offset + size);
  const end = bytes.indexOf(0);
  return bytes.toString('latin1', 0, end < 0 ? bytes.length : end);
}

/** A 64-bit number. Throws beyond 2^53, which is an offset in no file. */
export function uint64(file: Buffer, offset: number): number {
  const value = file.readBigUInt64LE(offset);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError(`${value} is no offset in a file`);
  return Number(value);
}
