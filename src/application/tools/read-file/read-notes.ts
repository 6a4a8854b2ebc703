import { quotePath } from '../../../domain/policy/paths/path-invalid.ts';
import { isStateful } from '../../../domain/text/encodings.ts';
import type { Malformed } from '../../../domain/text/malformed-text.ts';
import type { LinesRead } from '../../text/text-lines.ts';
import type { ToolLimits } from '../tool-limits.ts';

/** The caller's selection, as far as notes speak of it. */
export interface ReadSelection {
  readonly offset: number;
  readonly tail?: number | undefined;
  readonly byte_offset?: number | undefined;
}

/** Says what the limit cut and how to read on; undefined where it cut nothing. */
export function noteOfCut(
  { cut, encoding, position, start, end }: LinesRead,
  { offset, tail, byte_offset }: ReadSelection,
  { answerBytes, maxReadBytes }: Pick<ToolLimits, 'answerBytes' | 'maxReadBytes'>,
): string | undefined {
  if (cut === undefined) return undefined;
  const isBounded = answerBytes < maxReadBytes;
  const maxBytes = isBounded ? answerBytes : maxReadBytes;
  const limit = `Cut at the limit of ${maxBytes} bytes`;
  const more = isBounded ? `; with "limit", up to ${maxReadBytes} bytes come at once` : '';
  const byte = position + end;
  if (tail !== undefined) {
    return cut.insideLine
      ? `[${limit}: this is the end of the last line, from byte ${position + start} on; "byte_offset" reads what is before]`
      : `[${limit}: this is the last ${cut.lines} lines; what is before can be read with "offset" and "limit"]`;
  }
  if (byte_offset !== undefined || encoding === 'base64')
    return `[${limit}. Read on with "byte_offset": ${byte}${more}]`;
  const next = offset + cut.lines;
  const rest = isStateful(encoding)
    ? 'Read on'
    : `Read its rest with "byte_offset": ${byte}, or the next line`;
  return cut.insideLine
    ? `[Line ${offset} is cut at the limit of ${maxBytes} bytes. ${rest} with "offset": ${next}${more}]`
    : `[${limit}: these are lines ${offset} to ${next - 1}. Read on with "offset": ${next}${more}]`;
}

/** Counts and places the bytes that are not of the encoding. */
export function noteOfMalformed(
  { count, places }: Malformed,
  { encoding, position, start }: LinesRead,
  { offset, tail, byte_offset }: ReadSelection,
): string {
  const hasLines = tail === undefined && byte_offset === undefined;
  const named = places.map(({ position: at, line }) =>
    hasLines ? `line ${offset + line} (byte ${position + start + at})` : `byte ${position + start + at}`,
  );
  const more = count > places.length ? ', …' : '';
  const times = count === 1 ? 'One place is' : `${count} places are`;
  return `[${times} not ${encoding} and shown as U+FFFD: ${named.join(', ')}${more}. Writing this text back would change them; if all of it is in another encoding, such as windows-1252, read and write it with that "encoding"]`;
}

export const noteOfNothing = (path: string, isMarked: boolean) =>
  `[${quotePath(path)} ${isMarked ? 'holds a byte order mark and no text' : 'is empty: 0 bytes'}]`;

export const noteOfUtf16 = (encoding: string) =>
  `[Taken for binary, though it looks like UTF-16 without a byte order mark: "encoding": "${encoding}" reads it as text]`;
