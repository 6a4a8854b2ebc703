import { DomainError } from '../shared/domain-error.ts';
import { EncodedBytes } from './encoded-bytes.ts';
import { encodingTable } from './encoding-table.ts';
import { type Encoding, lineEndIn } from './encodings.ts';

/** @throws DomainError `file.encoding` for text that the encoding has no bytes for; nothing is ever put in its place */
export function encodeText(text: string, encoding: Encoding): Uint8Array {
  if (encoding === 'base64') return decodeBase64(text);
  if (!text.isWellFormed()) throw misfit('it holds half a character (a lone surrogate)');
  if (encoding === 'utf-8') return new TextEncoder().encode(text);
  const { bytes: width, at } = lineEndIn(encoding);
  if (width === 2) return encodeUtf16(text, at === 0);
  if (width === 4) return encodeUtf32(text, at === 0);
  return encodeByTable(text, encoding);
}

function encodeUtf16(text: string, isLittleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), isLittleEndian);
  return new Uint8Array(view.buffer);
}

function encodeUtf32(text: string, isLittleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 4));
  let at = 0;
  for (const character of text) {
    view.setUint32(at, character.codePointAt(0) ?? 0, isLittleEndian);
    at += 4;
  }
  return new Uint8Array(view.buffer, 0, at);
}

/** Characters after the first that the encoding lacks, among which more of them are looked for. */
const LOOKED_ON = 100_000;

/** By their numbers: megabytes of text are encoded while nobody else is served. */
function encodeByTable(text: string, encoding: Encoding): Uint8Array {
  const table = encodingTable(encoding);
  const lacking = new Set<number>();
  const bytes = new EncodedBytes(text.length);
  const state = { isTwoByte: false };
  let end = text.length;
  for (let at = 0; at < end; at++) {
    let point = text.charCodeAt(at);
    if (point >= 0xd800 && point <= 0xdfff) {
      point = text.codePointAt(at) ?? 0;
      at += 1;
    }
    const code = table.of(point);
    if (code !== undefined) table.write(code, bytes, state);
    else {
      if (lacking.size === 0) end = Math.min(end, at + LOOKED_ON);
      lacking.add(point);
    }
  }
  table.end(bytes, state);
  if (lacking.size > 0)
    throw misfit(`${encoding} has no ${listed([...lacking].map((point) => String.fromCodePoint(point)))}`);
  return bytes.all();
}

/** Characters that an error names. */
const NAMED = 5;

function listed(characters: readonly string[]): string {
  const named = characters.slice(0, NAMED).map((character) => {
    const point = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `${JSON.stringify(character)} (U+${point})`;
  });
  const more = characters.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Characters at the end among which padding stands, line ends between. */
const PADDING_REACH = 64;
const PADDING = /=[\r\n]*(=?)[\r\n]*$/;

/** In one look at each character: text of millions of short lines takes seconds to be joined. */
function decodeBase64(text: string): Uint8Array {
  const [padding = '', second] = PADDING.exec(text.slice(-PADDING_REACH)) ?? [];
  const padded = second === undefined ? 0 : 1 + second.length;
  // atob takes text that is cut off, and other blanks than line ends: RFC 4648, section 3.
  if (!/^[A-Za-z0-9+/\r\n]*$/.test(text.slice(0, text.length - padding.length))) throw noBase64();
  const binary = decoded(text);
  if (binary === undefined || (binary.length + padded) % 3 !== 0) throw noBase64();
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

function decoded(text: string): string | undefined {
  try {
    return atob(text);
  } catch {
    return undefined; // one character is left over
  }
}

const noBase64 = () => misfit('it is no base64 (RFC 4648, section 4, with padding)');

const misfit = (why: string) =>
  new DomainError('file.encoding', 'invalid', `"content" can't be written in this encoding: ${why}`);
