import { mediaTypeOf } from '../../domain/resource/media-type.ts';

/** As much of a file as decides; git looks at as much. */
export const HEAD_BYTES = 8192;

const UNKNOWN = 'application/octet-stream';
const NOTHING = new Uint8Array();

/**
 * Whether a file that begins so is binary. Text in an older encoding is not: its reader has to say which. A picture's name alone
 * makes no picture, nor does a text that begins like an archive make one.
 */
export function isBinary(head: Uint8Array, path: string): boolean {
  if (hasByteOrderMark(head)) return false;
  if (head.includes(0)) return true;
  if (isUtf8(head)) return head.length >= 5 && mediaTypeOf('', false, head) === 'application/pdf';
  return (
    mediaTypeOf('', false, head) !== UNKNOWN ||
    mediaTypeOf(path, false, NOTHING) !== UNKNOWN ||
    head.some(isControl)
  );
}

/** The mark of UTF-16, in either byte order. */
export function hasByteOrderMark([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

function isUtf8(head: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true }); // its last character may be cut
    return true;
  } catch {
    return false;
  }
}

/** Not in text of any age, but for BEL to CR and ESC. */
const isControl = (byte: number) => byte < 7 || (byte > 13 && byte < 32 && byte !== 27);
