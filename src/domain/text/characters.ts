import { type Encoding, lineEndIn } from './encodings.ts';
import { decodingOf } from './text-decoding.ts';

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
  for (let at = from; at < to; ) {
    const end = Math.min(at + width, to);
    const text = decoding.decode(bytes.subarray(at, end), end < bytes.length);
    at = end;
    if (text !== '') yield { text, end };
  }
}
