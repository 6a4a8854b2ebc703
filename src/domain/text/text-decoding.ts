import { type Encoding, isStateful, lineEndIn, takesMark } from './encodings.ts';
import { lastLineEnd } from './lines.ts';

/** Makes text of bytes that come one after the other. What is not of the encoding becomes U+FFFD; a byte order mark stays. */
export interface Decoding {
  /** @param more whether a character may go on in the next bytes */
  decode(bytes: Uint8Array, more?: boolean): string;
}

/** Starts to decode. Not for base64. */
export function decodingOf(encoding: Encoding): Decoding {
  switch (encoding) {
    case 'utf-32le':
    case 'utf-32be':
      return new Utf32Decoding(encoding === 'utf-32le');
    case 'iso-8859-16':
      return { decode: (bytes) => ofTable(bytes, (byte) => (byte < 0xa0 ? byte : latin10(byte))) };
    case 'x-user-defined':
      return { decode: (bytes) => ofTable(bytes, (byte) => (byte < 0x80 ? byte : 0xf700 + byte)) };
    default: {
      // Only those: with this option Node.js 22.23 drops a ÿ (0xFF) at the start of windows-1252.
      const decoder = new TextDecoder(encoding, { ignoreBOM: takesMark(encoding) });
      return { decode: (bytes, more = false) => decoder.decode(bytes, { stream: more }) };
    }
  }
}

export const decodeText = (bytes: Uint8Array, encoding: Encoding): string =>
  decodingOf(encoding).decode(bytes);

const REPLACEMENT = 0xfffd;

class Utf32Decoding implements Decoding {
  private readonly isLittleEndian: boolean;
  private rest: Uint8Array = new Uint8Array();

  constructor(isLittleEndian: boolean) {
    this.isLittleEndian = isLittleEndian;
  }

  decode(bytes: Uint8Array, more = false): string {
    const all = new Uint8Array(this.rest.length + bytes.length);
    all.set(this.rest);
    all.set(bytes, this.rest.length);
    const whole = all.length - (all.length % 4);
    this.rest = more ? all.slice(whole) : new Uint8Array();
    const view = new DataView(all.buffer);
    let text = '';
    for (let at = 0; at < whole; at += 4) {
      const character = view.getUint32(at, this.isLittleEndian);
      const isScalar = character <= 0x10ffff && (character & 0xfffff800) !== 0xd800;
      text += String.fromCodePoint(isScalar ? character : REPLACEMENT);
    }
    return !more && whole < all.length ? `${text}\ufffd` : text;
  }
}

function ofTable(bytes: Uint8Array, characterOf: (byte: number) => number): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(characterOf(byte));
  return text;
}

/** From 0xa0 on. The runtime's table of encodings has no ISO 8859-16. */
const LATIN10 =
  '\u00a0ĄąŁ€„Š§š©Ș«Ź\u00adźŻ°±ČłŽ”¶·žčș»ŒœŸżÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚßàáâăäćæçèéêëìíîïđńòóôőöśűùúûüęțÿ';

const latin10 = (byte: number) => LATIN10.charCodeAt(byte - 0xa0);

/** Some text and where the bytes that it stands for end. */
export interface DecodedPart {
  readonly text: string;
  readonly end: number;
}

/**
 * Decodes bytes character by character, from `from` on. Much slower than all at once: for the few that decide where a character ends.
 */
export function* charactersIn(
  bytes: Uint8Array,
  encoding: Encoding,
  { from, to }: { readonly from: number; readonly to: number },
): Generator<DecodedPart> {
  const decoding = decodingOf(encoding);
  const { bytes: width } = lineEndIn(encoding);
  for (let at = isStateful(encoding) ? lastLineEnd(bytes, encoding, from) : from; at < to; ) {
    const end = Math.min(at + width, to);
    const text = decoding.decode(bytes.subarray(at, end), end < bytes.length);
    at = end;
    if (text !== '' && end > from) yield { text, end };
  }
}
