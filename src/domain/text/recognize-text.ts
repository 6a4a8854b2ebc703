// The search's worker runs these functions from their text: they name each other and globals, and nothing else of this module.

/** The encodings whose mark a file can begin with. */
export type MarkedEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be';

/** The form of text in bytes. */
export interface TextForm {
  readonly encoding: MarkedEncoding;
  /** Bytes of the byte order mark that they begin with; 0 without one. */
  readonly markBytes: number;
}

/** The byte order mark that the bytes begin with (Unicode, section 23.8). */
export function markOf(bytes: Uint8Array): TextForm | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', markBytes: 3 };
  // UTF-16 would begin with a NUL then, which no text does.
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return { encoding: 'utf-32le', markBytes: 4 };
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return { encoding: 'utf-32be', markBytes: 4 };
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', markBytes: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', markBytes: 2 };
  return undefined;
}

/**
 * The text that a file holds, by its first 8 KiB, or undefined where it is binary. A mark decides. Without one it is UTF-8, some bytes
 * of which may be wrong, unless too many are control characters: the odd NUL is found in logs and lists, in compressed data every
 * tenth byte is a control character, in UTF-16 every second one.
 */
export function recognizeText(head: Uint8Array): TextForm | undefined {
  const marked = markOf(head);
  if (marked !== undefined) return marked;
  const text: TextForm = { encoding: 'utf-8', markBytes: 0 };
  const controls = countControls(head);
  if (controls === 0) return text;
  const share = controls / head.length;
  const isBinary = isUtf8(head) ? share > 0.3 && (controls > 1 || head.length === 1) : share > 0.05;
  return isBinary || unmarkedUtf16(head) !== undefined ? undefined : text;
}

/** True if the bytes are UTF-8, whose last character may be cut. */
export function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** The byte order of what is most likely UTF-16 without its mark, as programs of Windows write it. */
export function unmarkedUtf16(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (head.length % 2 === 1) return undefined;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < head.length; at++) {
    if (head[at] !== 0) continue;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  }
  // In every script, spaces, digits and line ends have a NUL each, all on the same side.
  if (Math.min(even, odd) > 0 || (even + odd) * 50 < head.length) return undefined;
  if (countControls(head) <= head.length * 0.3 && isUtf8(head)) return undefined; // UTF-8 with some NULs
  const encoding = odd > even ? 'utf-16le' : 'utf-16be';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true });
    return countControls(new TextEncoder().encode(text)) === 0 ? encoding : undefined;
  } catch {
    return undefined;
  }
}

/** Bytes that are in text of no age: all control characters but BEL to CR and ESC. */
function countControls(bytes: Uint8Array): number {
  let controls = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x7f || (byte < 0x20 && (byte < 7 || byte > 13) && byte !== 0x1b)) controls += 1;
  }
  return controls;
}

/** The functions that `recognizeText` needs beside itself. */
export const recognizingText = [markOf, isUtf8, unmarkedUtf16, countControls];
