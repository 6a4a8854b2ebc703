import { isUtf8 } from 'node:buffer';
import { LineFramer } from '../../../../src/presentation/jsonrpc/line-framer.ts';

/** Stands for a line that was too long. */
export const OVERSIZED = Symbol('oversized');

export interface FramedOptions {
  readonly maxLineBytes?: number;
  /** True if the stream ends behind the last chunk; it does unless told otherwise. */
  readonly end?: boolean;
  readonly onDecode?: (start: number, end: number) => void;
}

/** The lines that a framer makes of these chunks; those that are not UTF-8 in brackets. */
export function framed(
  chunks: readonly Uint8Array[],
  { maxLineBytes = 1 << 20, end = true, onDecode }: FramedOptions = {},
): (string | symbol | [malformed: string])[] {
  const lines: (string | symbol | [malformed: string])[] = [];
  const framer = new LineFramer({
    maxLineBytes,
    decode: (bytes, from, to) => {
      onDecode?.(from, to);
      return Buffer.from(bytes.subarray(from, to)).toString('utf8');
    },
    isUtf8,
    onLine: (line) => lines.push(line),
    onMalformed: (line) => lines.push([line]),
    onOversized: () => lines.push(OVERSIZED),
  });
  for (const chunk of chunks) {
    const lent = Uint8Array.from(chunk);
    framer.push(lent);
    lent.fill(0x3f); // the caller's again
  }
  if (end) framer.end();
  return lines;
}
