import { DomainError } from '../../../domain/shared/domain-error.ts';
import { type Encoding, MARK, takesMark } from '../../../domain/text/encodings.ts';
import { countLineEnds } from '../../../domain/text/lines.ts';
import { isWellFormed } from '../../../domain/text/malformed-text.ts';
import { decodeText } from '../../../domain/text/text-decoding.ts';
import type { Files } from '../../ports/files.ts';
import type { PathGrant } from '../../ports/path-grants.ts';
import type { TextDiff } from '../../ports/text-diff.ts';
import { cutHead } from '../../text/text-cut.ts';
import { readAll } from '../../text/text-lines.ts';

/** To compare more would hold up everyone else. */
const MAX_COMPARED_BYTES = 1024 * 1024;
const MAX_COMPARED_LINES = 20_000;
const MAX_DIFF_BYTES = 1024 * 1024;

export interface Preview {
  readonly path: string;
  /** Of what is there. */
  readonly existing: Encoding;
  /** Of `content`. */
  readonly encoding: Encoding;
  readonly isAppend: boolean;
  readonly content: Uint8Array;
  readonly maxBytes: number;
}

/** Shows the effect of a write as a unified diff, or as a line that says why there is none. */
export async function previewWrite(
  { path, existing, encoding, isAppend, content, maxBytes }: Preview,
  {
    files,
    textDiff,
    grant,
  }: { readonly files: Files; readonly textDiff: TextDiff; readonly grant: PathGrant },
  signal: AbortSignal,
): Promise<string> {
  if (content.length > MAX_COMPARED_BYTES) return tooLong();
  const old = await readOld(path, files, grant, signal);
  if (old === 'too long') return tooLong();
  if (hasTooManyLines(content, encoding) || (old && hasTooManyLines(old, existing))) return tooManyLines();
  const after = textOf(content, encoding);
  const before = old && textOf(old, encoding === 'base64' ? encoding : existing);
  if (after === undefined || (old !== undefined && before === undefined))
    return 'Not compared: what is there, or what would be written, is no text in this encoding';
  const diff = await textDiff({ path, before, after: isAppend ? (before ?? '') + after : after });
  return cutDiff(diff, Math.min(maxBytes, MAX_DIFF_BYTES));
}

/** Without its mark; undefined where the bytes are no text of the encoding. */
function textOf(bytes: Uint8Array, encoding: Encoding): string | undefined {
  if (encoding === 'base64' || !isWellFormed(bytes, encoding)) return undefined;
  const text = decodeText(bytes, encoding);
  return takesMark(encoding) && text.startsWith(MARK) ? text.slice(MARK.length) : text;
}

async function readOld(
  path: string,
  files: Files,
  grant: PathGrant,
  signal: AbortSignal,
): Promise<Uint8Array | 'too long' | undefined> {
  try {
    const file = await files.open(path, grant);
    try {
      return (await readAll(file, MAX_COMPARED_BYTES, signal)) ?? 'too long';
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof DomainError && error.code === 'file.not-found') return undefined;
    throw error;
  }
}

const hasTooManyLines = (bytes: Uint8Array, encoding: Encoding) =>
  countLineEnds(bytes, encoding) > MAX_COMPARED_LINES;

const tooLong = () => `Not compared: more than ${MAX_COMPARED_BYTES} bytes`;
const tooManyLines = () => `Not compared: more than ${MAX_COMPARED_LINES} lines`;

function cutDiff(diff: string, maxBytes: number): string {
  const bytes = new TextEncoder().encode(diff);
  const { end, cut } = cutHead(bytes, { encoding: 'utf-8', maxBytes });
  if (cut === undefined) return diff;
  const shown = new TextDecoder().decode(bytes.subarray(0, end));
  return `${shown}${shown.endsWith('\n') ? '' : '\n'}[Cut at the limit of ${maxBytes} bytes]`;
}
