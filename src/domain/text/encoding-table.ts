import type { EncodedBytes } from './encoded-bytes.ts';
import type { Encoding } from './encodings.ts';
import { type Decoding, decodingOf } from './text-decoding.ts';

/** The bytes of an encoding's characters: its decoder turned round. */
export interface EncodingTable {
  /** The bytes of a character, given by its number, as one number; undefined where it has none. */
  of(point: number): number | undefined;
  write(code: number, bytes: EncodedBytes, state: EncodingState): void;
  /** Writes what has to stand at the end of a text. */
  end(bytes: EncodedBytes, state: EncodingState): void;
}

export interface EncodingState {
  /** ISO-2022-JP: the bytes are in JIS X 0208. */
  isTwoByte: boolean;
}

const tables = new Map<Encoding, EncodingTable>();

/** Made at the first use, kept: a table has up to 64,000 characters. Not for the encodings of Unicode alone. */
export function encodingTable(encoding: Encoding): EncodingTable {
  const made = tables.get(encoding) ?? (encoding === 'iso-2022-jp' ? iso2022Jp() : tableOf(encoding));
  tables.set(encoding, made);
  return made;
}

/** Bytes for which there are better ones: the encoder takes them where nothing else stands for a character (Encoding, sections 11 and 12). */
const AVOIDED: Readonly<Record<Encoding, (lead: number) => boolean>> = {
  big5: (lead) => lead < 0xa1,
  shift_jis: (lead) => lead >= 0xed && lead <= 0xef,
};

function tableOf(encoding: Encoding): EncodingTable {
  const codes = new Codes(encoding);
  codes.addRow([], 0, 0xff);
  if (doubleByte.has(encoding)) {
    const isAvoided = AVOIDED[encoding] ?? (() => false);
    const leads = Array.from({ length: 0x7e }, (_, at) => 0x81 + at);
    for (const lead of leads) if (!isAvoided(lead)) codes.addRow([lead], 0x40, 0xfe);
    for (const lead of leads) if (isAvoided(lead)) codes.addRow([lead], 0x40, 0xfe);
  }
  if (encoding === 'euc-jp')
    for (let lead = 0xa1; lead <= 0xfe; lead++) codes.addRow([0x8f, lead], 0xa1, 0xfe);
  if (encoding === 'gb18030')
    for (let at = 0; at <= LAST_OF_BMP; at += 10) codes.addRow(fourBytes(at).slice(0, 3), 0x30, 0x39);
  const isGb = encoding === 'gb18030';
  return {
    of: (point) => codes.of(point) ?? (isGb ? beyondBmp(point) : undefined),
    write: (code, bytes) => writeCode(code, bytes),
    end: () => undefined,
  };
}

const doubleByte = new Set(['shift_jis', 'euc-jp', 'gbk', 'gb18030', 'big5', 'euc-kr']);

/** The code of each character; of several, the first that was added. */
class Codes {
  private readonly decoding: Decoding;
  /** By the character's number; -1 where there is none. */
  private readonly bmp = new Float64Array(0x10000).fill(-1);
  private readonly others = new Map<number, number>();

  constructor(encoding: Encoding) {
    this.decoding = decodingOf(encoding);
    this.bmp[10] = 10;
  }

  of(point: number): number | undefined {
    const code = point <= 0xffff ? this.bmp[point] : this.others.get(point);
    return code === -1 ? undefined : code;
  }

  /** Adds what begins with the same bytes. */
  addRow(lead: readonly number[], from: number, to: number): void {
    // A line end behind each: no encoding has it inside of a character, so that what is malformed ends there.
    const width = lead.length + 2;
    const bytes = new Uint8Array((to - from + 1) * width).fill(10);
    for (let last = from; last <= to; last++) {
      const at = (last - from) * width;
      bytes.set(lead, at);
      bytes[at + lead.length] = last === 10 ? 0x20 : last;
    }
    const texts = this.decoding.decode(bytes).split('\n');
    const first = lead.reduce((code, byte) => code * 256 + byte, 0) * 256;
    for (let last = from; last <= to; last++)
      if (last !== 10) this.add(texts[last - from] ?? '', first + last);
  }

  private add(character: string, code: number): void {
    if (character === '\ufffd') return;
    if (character.length === 1) {
      const unit = character.charCodeAt(0);
      if (this.bmp[unit] === -1) this.bmp[unit] = code;
    } else if (character.length === 2) {
      const point = character.codePointAt(0) ?? 0;
      if (point > 0xffff && !this.others.has(point)) this.others.set(point, code);
    }
  }
}

/** Of the four-byte codes of GB 18030, the last in the Basic Multilingual Plane, and the first behind it. */
const LAST_OF_BMP = 39_419;
const FIRST_BEHIND_BMP = 189_000;

const fourBytes = (index: number): readonly [number, number, number, number] => [
  0x81 + Math.floor(index / 12_600),
  0x30 + (Math.floor(index / 1260) % 10),
  0x81 + (Math.floor(index / 10) % 126),
  0x30 + (index % 10),
];

function beyondBmp(point: number): number | undefined {
  if (point <= 0xffff) return undefined;
  return fourBytes(FIRST_BEHIND_BMP + point - 0x10000).reduce((code, byte) => code * 256 + byte, 0);
}

function writeCode(code: number, bytes: EncodedBytes): void {
  if (code > 0xffffff) bytes.push(code >>> 24);
  if (code > 0xffff) bytes.push((code >>> 16) & 0xff);
  if (code > 0xff) bytes.push((code >>> 8) & 0xff);
  bytes.push(code & 0xff);
}

const TO_TWO_BYTE = [0x1b, 0x24, 0x42];
const TO_ASCII = [0x1b, 0x28, 0x42];

/** JIS X 0208, as in EUC-JP without the high bits, between escapes (RFC 1468): a line begins and ends in ASCII. */
function iso2022Jp(): EncodingTable {
  const eucJp = encodingTable('euc-jp');
  const shift = (isTwoByte: boolean, bytes: EncodedBytes, state: EncodingState) => {
    if (state.isTwoByte === isTwoByte) return;
    for (const byte of isTwoByte ? TO_TWO_BYTE : TO_ASCII) bytes.push(byte);
    state.isTwoByte = isTwoByte;
  };
  return {
    of: (point) => {
      const code = eucJp.of(point) ?? 0x80;
      const isKanji = code >= 0xa1a1 && code <= 0xfefe;
      return isKanji || (code < 0x80 && code !== 0x1b && code !== 0x0e && code !== 0x0f) ? code : undefined;
    },
    write: (code, bytes, state) => {
      shift(code > 0x7f, bytes, state);
      writeCode(code & 0x7f7f, bytes);
    },
    end: (bytes, state) => shift(false, bytes, state),
  };
}
