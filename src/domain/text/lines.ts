import { type Encoding, lineEndIn } from './encodings.ts';

// Plain loops over bytes, and searches by the runtime: they run over megabytes on the thread that everyone waits for.

/** Lines that begin in the bytes; what follows the last line end is one too. */
export function countLines(bytes: Uint8Array, encoding: Encoding): number {
  const isWhole = lastLineEnd(bytes, encoding, bytes.length) === bytes.length;
  return countLineEnds(bytes, encoding) + (isWhole ? 0 : 1);
}

export function countLineEnds(bytes: Uint8Array, encoding: Encoding): number {
  const { bytes: width, at: offset } = lineEndIn(encoding);
  let count = 0;
  if (width === 1) for (let at = 0; at < bytes.length; at++) count += bytes[at] === 10 ? 1 : 0;
  else for (let at = offset; at < bytes.length; at += width) if (isLineEnd(bytes, at, encoding)) count += 1;
  return count;
}

/** The start of the line behind this many lines; the end if there are no more. */
export function skipLines(bytes: Uint8Array, encoding: Encoding, lines: number): number {
  let at = 0;
  for (let line = 0; line < lines && at < bytes.length; line++) at = nextLine(bytes, encoding, at);
  return at;
}

/** The start of the next line; the end of the bytes if there is none. */
function nextLine(bytes: Uint8Array, encoding: Encoding, from: number): number {
  const { bytes: width, at: offset } = lineEndIn(encoding);
  for (let at = bytes.indexOf(10, from); at !== -1; at = bytes.indexOf(10, at + 1))
    if (isLineEnd(bytes, at, encoding)) return at - offset + width;
  return bytes.length;
}

/** The last position up to this one where a line begins. */
export function lastLineEnd(bytes: Uint8Array, encoding: Encoding, position: number): number {
  const { bytes: width, at: offset } = lineEndIn(encoding);
  const last = position - width + offset;
  if (last < 0) return 0;
  for (let at = bytes.lastIndexOf(10, last); at !== -1; at = at === 0 ? -1 : bytes.lastIndexOf(10, at - 1))
    if (isLineEnd(bytes, at, encoding)) return at - offset + width;
  return 0;
}

/** The start of the last lines, as many as wanted; the end of the last one begins no other. */
export function startOfLastLines(bytes: Uint8Array, encoding: Encoding, lines: number): number {
  const { bytes: width } = lineEndIn(encoding);
  let start = bytes.length;
  for (let line = 0; line < lines && start > 0; line++) start = lastLineEnd(bytes, encoding, start - width);
  return start;
}

/** True if the 10 at this position is a line end. */
function isLineEnd(bytes: Uint8Array, position: number, encoding: Encoding): boolean {
  const { bytes: width, at: offset } = lineEndIn(encoding);
  if (width === 1) return true;
  const start = position - offset;
  if (start % width !== 0 || start + width > bytes.length) return false;
  for (let at = 0; at < width; at++) if (bytes[start + at] !== (at === offset ? 10 : 0)) return false;
  return true;
}

/** The line ends of a text. */
export type LineEnds = 'LF' | 'CRLF' | 'mixed';

/** Undefined for a text without line ends. */
export function lineEndsOf(text: string): LineEnds | undefined {
  let withReturn = 0;
  let without = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    if (text.charCodeAt(at - 1) === 13) withReturn += 1;
    else without += 1;
  }
  if (withReturn === 0) return without === 0 ? undefined : 'LF';
  return without === 0 ? 'CRLF' : 'mixed';
}
