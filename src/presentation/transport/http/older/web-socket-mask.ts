// The bundle has this in place of `bufferutil`, the native addon that ws takes where it is installed.

/** Writes `length` bytes of `source` to `output` from `offset` on, masked (RFC 6455, section 5.3). */
export function mask(
  source: Uint8Array,
  key: Uint8Array,
  output: Uint8Array,
  offset: number,
  length: number,
): void {
  output.set(source.subarray(0, length), offset);
  unmask(output.subarray(offset, offset + length), key);
}

/** Takes the mask of four bytes off, or puts it on; by words, a quarter of the time that it takes by bytes. */
export function unmask(bytes: Uint8Array, key: Uint8Array): void {
  const head = Math.min(-bytes.byteOffset & 3, bytes.length);
  const count = (bytes.length - head) >> 2;
  const tail = head + 4 * count;
  if (count > 0) unmaskWords(new Int32Array(bytes.buffer, bytes.byteOffset + head, count), key, head);
  for (let at = 0; at < head; at++) bytes[at] = (bytes[at] as number) ^ keyByte(key, at);
  for (let at = tail; at < bytes.length; at++) bytes[at] = (bytes[at] as number) ^ keyByte(key, at);
}

/** @param from place of the first of the words */
function unmaskWords(words: Int32Array, key: Uint8Array, from: number): void {
  const [word = 0] = new Int32Array(Uint8Array.from([0, 1, 2, 3], (at) => keyByte(key, from + at)).buffer);
  for (let at = 0; at < words.length; at++) words[at] = (words[at] as number) ^ word;
}

const keyByte = (key: Uint8Array, at: number) => key[at & 3] as number;
