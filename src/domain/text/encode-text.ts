import { DomainError } from '../shared/domain-error.ts';
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

function encodeByTable(text: string, encoding: Encoding): Uint8Array {
  const table = encodingTable(encoding);
  const lacking = new Set<string>();
  const bytes: number[] = [];
  const state = { isTwoByte: false };
  for (const character of text) {
    const code = table.of(character);
    if (code === undefined) lacking.add(character);
    else table.write(code, bytes, state);
  }
  table.end(bytes, state);
  if (lacking.size > 0) throw misfit(`${encoding} has no ${listed([...lacking])}`);
  return Uint8Array.from(bytes);
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
