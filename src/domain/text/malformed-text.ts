import { type Encoding, lineEndIn } from './encodings.ts';
import { countLineEnds } from './lines.ts';
import { charactersIn, decodingOf } from './text-decoding.ts';

/** The number of times that bytes are not of their encoding, so that U+FFFD was made of them, and the first place. */
export interface Malformed {
  readonly count: number;
  readonly places: readonly MalformedPlace[];
}

export interface MalformedPlace {
  /** Of its first byte. */
  readonly position: number;
  /** Lines that end before it. */
  readonly line: number;
}

/** Places that are told. */
const PLACES = 3;
const BLOCK = 1024;
const REPLACEMENT = '\ufffd';

/** Finds what is malformed in bytes and the text made of them; undefined: nothing is. A U+FFFD that the bytes themselves hold is text. */
export function malformedIn(bytes: Uint8Array, text: string, encoding: Encoding): Malformed | undefined {
  if (!text.includes(REPLACEMENT)) return undefined;
  const count = text.split(REPLACEMENT).length - 1 - replacementsIn(bytes, encoding);
  return count > 0 ? { count, places: [...placesIn(bytes, encoding)] } : undefined;
}

function* placesIn(bytes: Uint8Array, encoding: Encoding): Generator<MalformedPlace> {
  const decoding = decodingOf(encoding);
  const written = writtenOut(encoding);
  let found = 0;
  for (let at = 0; at < bytes.length && found < PLACES; at += BLOCK) {
    const block = bytes.subarray(at, at + BLOCK);
    if (!decoding.decode(block, at + BLOCK < bytes.length).includes(REPLACEMENT)) continue;
    // From the block before, where nothing is wrong: this one can begin inside of a character.
    let start = Math.max(0, at - BLOCK);
    const stretch = { from: start, to: at + block.length };
    for (const { text, end } of charactersIn(bytes, encoding, stretch)) {
      const position = start;
      start = end;
      if (end <= at || !text.includes(REPLACEMENT) || endsWith(bytes, end, written)) continue;
      yield { position, line: countLineEnds(bytes.subarray(0, position), encoding) };
      found += 1;
      if (found === PLACES) return;
    }
  }
}

/** U+FFFD as the encoding writes it; empty where it has none. */
function writtenOut(encoding: Encoding): readonly number[] {
  if (encoding === 'utf-8') return [0xef, 0xbf, 0xbd];
  const { bytes: width, at } = lineEndIn(encoding);
  if (width === 1) return [];
  const bigEndian = width === 2 ? [0xff, 0xfd] : [0, 0, 0xff, 0xfd];
  return at === 0 ? bigEndian.reverse() : bigEndian;
}

function replacementsIn(bytes: Uint8Array, encoding: Encoding): number {
  const written = writtenOut(encoding);
  const { bytes: width } = lineEndIn(encoding);
  const [first] = written;
  if (first === undefined) return 0;
  let count = 0;
  for (let at = bytes.indexOf(first); at !== -1; at = bytes.indexOf(first, at + 1))
    if (at % width === 0 && endsWith(bytes, at + written.length, written)) count += 1;
  return count;
}

const endsWith = (bytes: Uint8Array, end: number, written: readonly number[]) =>
  written.length > 0 && written.every((byte, at) => bytes[end - written.length + at] === byte);

/** Tells if bytes that come one after the other are of their encoding. */
export class WellFormedness {
  private readonly take: (bytes: Uint8Array, more: boolean) => boolean;
  private isGood = true;

  constructor(encoding: Encoding) {
    this.take = strictly(encoding);
  }

  /** @returns whether all were, up to here */
  has(bytes: Uint8Array, more: boolean): boolean {
    this.isGood &&= this.take(bytes, more);
    return this.isGood;
  }
}

export const isWellFormed = (bytes: Uint8Array, encoding: Encoding): boolean =>
  new WellFormedness(encoding).has(bytes, false);

function strictly(encoding: Encoding): (bytes: Uint8Array, more: boolean) => boolean {
  const decoder = strictDecoder(encoding);
  if (decoder === undefined) {
    const decoding = decodingOf(encoding); // one that the runtime doesn't have: it makes U+FFFD of nothing else
    return (bytes, more) => !decoding.decode(bytes, more).includes(REPLACEMENT);
  }
  return (bytes, more) => {
    try {
      decoder.decode(bytes, { stream: more });
      return true;
    } catch {
      return false;
    }
  };
}

function strictDecoder(encoding: Encoding) {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    return undefined;
  }
}
