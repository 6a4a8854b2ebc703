import { base64Of } from '../../domain/resource/base64.ts';
import { DomainError } from '../../domain/shared/domain-error.ts';

/** How text stands in a file; `base64` hands the bytes through. */
export const textEncodings = ['utf-8', 'utf-16le', 'latin1', 'base64'] as const;
export type TextEncoding = (typeof textEncodings)[number];

/** The text that the bytes stand for, or undefined where they stand for none. A byte order mark stays. */
export function decodeText(bytes: Uint8Array, encoding: TextEncoding): string | undefined {
  if (encoding === 'base64') return base64Of(bytes);
  if (encoding === 'latin1') return decodeLatin1(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined; // malformed: a replacement character would lose what was there
  }
}

/** @throws DomainError `file.encoding` for text that the encoding has no bytes for */
export function encodeText(text: string, encoding: TextEncoding): Uint8Array {
  if (encoding === 'base64') return decodeBase64(text);
  if (!text.isWellFormed()) throw misfit('it holds half a character (a lone surrogate)');
  if (encoding === 'utf-8') return new TextEncoder().encode(text);
  const units = encoding === 'latin1' ? new Uint8Array(text.length) : new Uint16Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (encoding === 'latin1' && unit > 0xff)
      throw misfit(`latin1 has no ${JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0))}`);
    units[at] = unit;
  }
  return new Uint8Array(units.buffer); // every platform of Node.js is little-endian, as UTF-16LE is
}

/** The WHATWG's "latin1" is windows-1252; this is ISO 8859-1, each byte the character of its number. */
function decodeLatin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK)
    text += String.fromCharCode.apply(null, bytes.subarray(at, at + CHUNK) as unknown as number[]);
  return text;
}

/** Few enough arguments for one call of a function. */
const CHUNK = 0x8000;

function decodeBase64(text: string): Uint8Array {
  const plain = text.replace(/[\r\n]+/g, '');
  // atob takes text that is cut off or holds bits nobody would write: RFC 4648, section 3.5.
  if (plain.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(plain))
    throw misfit('it is no base64 (RFC 4648, section 4, with padding)');
  const binary = atob(plain);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

const misfit = (why: string) =>
  new DomainError('file.encoding', 'invalid', `"content" can't be written in this encoding: ${why}`);
