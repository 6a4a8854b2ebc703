import { isUtf8 } from 'node:buffer';

export interface DecodedOutput {
  readonly texts: readonly string[];
  /** The encoding, where it isn't UTF-8. */
  readonly encoding?: string;
  /** Bytes that are of no character; each sequence of them is one U+FFFD. */
  readonly invalidBytes: number;
}

/** Reads whole outputs of an encoding, U+FFFD for what is of no character. */
export type OutputDecoder = Pick<InstanceType<typeof TextDecoder>, 'encoding'> & {
  readonly decode: (bytes: Uint8Array) => string;
};

/**
 * Parts of an output as text. Most programs write UTF-8 whatever the locale is; what is not, is in the locale's encoding.
 * @param fallback the locale's encoding, where it is known and isn't UTF-8, or what reads it
 */
export function decodeOutput(
  parts: readonly Buffer[],
  fallback: string | OutputDecoder | undefined,
): DecodedOutput {
  const isValid = parts.every((part) => isUtf8(part));
  const known = typeof fallback === 'string' ? decoderOf(fallback) : fallback;
  const decoder = isValid ? undefined : known;
  if (decoder !== undefined) {
    const texts = parts.map((part) => decoder.decode(part));
    return {
      texts,
      encoding: decoder.encoding,
      invalidBytes: texts.reduce((sum, text) => sum + count(text), 0),
    };
  }
  const texts = parts.map((part) => part.toString());
  return {
    texts,
    invalidBytes: isValid ? 0 : parts.reduce((sum, part, at) => sum + invalid(part, texts[at] ?? ''), 0),
  };
}

const REPLACEMENT = '\ufffd';
const ENCODED = Buffer.from(REPLACEMENT);

/** The bytes that the text lacks: it has three of its own for each U+FFFD that was not written as one. */
function invalid(bytes: Buffer, text: string): number {
  let written = 0;
  for (let at = bytes.indexOf(ENCODED); at >= 0; at = bytes.indexOf(ENCODED, at + ENCODED.length))
    written += 1;
  return bytes.length - (Buffer.byteLength(text) - ENCODED.length * (count(text) - written));
}

const count = (text: string) => text.split(REPLACEMENT).length - 1;

function decoderOf(encoding: string): InstanceType<typeof TextDecoder> | undefined {
  try {
    return new TextDecoder(encoding);
  } catch {
    return undefined; // the runtime doesn't know it: a codeset of a locale may have any name
  }
}
