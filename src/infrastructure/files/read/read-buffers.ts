/** What one file is read with at once at most. */
export const BUFFER_BYTES = 2 * 1024 * 1024;

/** As many as calls of one client commonly run at once; they stay, untouched pages don't count. */
const KEPT = 8;

const free: Uint8Array[] = [];

/**
 * BUFFER_BYTES with anything in them, which whoever takes them gives back and touches no more: made anew for each file, buffers
 * would pile up until the next full collection. Not a Buffer, of which a `slice` is no copy.
 */
export function takeBuffer(): Uint8Array {
  return free.pop() ?? new Uint8Array(BUFFER_BYTES);
}

export function giveBack(buffer: Uint8Array): void {
  if (free.length < KEPT) free.push(buffer);
}
