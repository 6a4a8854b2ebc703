import { mediaTypeOf } from '../../domain/resource/media-type.ts';
import type { Encoding } from '../../domain/text/encodings.ts';
import { isUtf8, markOf, recognizeText } from '../../domain/text/recognize-text.ts';

/** As much of a file as decides; git looks at as much. */
export const HEAD_BYTES = 8192;

const UNKNOWN = 'application/octet-stream';
const NOTHING = new Uint8Array();

/** The encoding of a file that begins so, where nobody named one; undefined where it is binary. */
export function recognizedEncoding(head: Uint8Array, path: string): Encoding | undefined {
  return isKnownAsBinary(head, path) ? undefined : recognizeText(head)?.encoding;
}

/** A picture's name alone makes no picture, nor does a text that begins like an archive make one. */
function isKnownAsBinary(head: Uint8Array, path: string): boolean {
  if (markOf(head) !== undefined) return false;
  if (isUtf8(head) && !head.includes(0))
    return head.length >= 5 && mediaTypeOf('', false, head) === 'application/pdf';
  return mediaTypeOf('', false, head) !== UNKNOWN || mediaTypeOf(path, false, NOTHING) !== UNKNOWN;
}
