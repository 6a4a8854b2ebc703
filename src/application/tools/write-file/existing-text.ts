import { DomainError } from '../../../domain/shared/domain-error.ts';
import { type LineEnds, lineEndsOf } from '../../../domain/text/lines.ts';
import { WellFormedness } from '../../../domain/text/malformed-text.ts';
import { type MarkedEncoding, markOf, unmarkedUtf16 } from '../../../domain/text/recognize-text.ts';
import { decodeText } from '../../../domain/text/text-decoding.ts';
import type { Files } from '../../ports/files.ts';
import type { PathGrant } from '../../ports/path-grants.ts';
import { HEAD_BYTES } from '../../text/text-or-binary.ts';

/** The text that a file holds before it is written to. */
export interface ExistingText {
  /** Bytes. */
  readonly size: number;
  /** The first bytes. */
  readonly head: Uint8Array;
  /** The encoding that its mark names. */
  readonly marked: MarkedEncoding | undefined;
  /** The byte order of what looks like UTF-16 without a mark. */
  readonly unmarked: MarkedEncoding | undefined;
  readonly lineEnds: LineEnds | undefined;
  /** False where some bytes are not of its encoding, as far as it was looked at. */
  readonly isWellFormed: boolean;
}

/** Bytes whose line ends stand for those of the file. */
const LOOKED_AT = 256 * 1024;

/**
 * Looks at the file that a write is going to change; undefined where there is none, or none that can be read.
 * @param whole whether all of it is looked at, not only its beginning
 */
export async function lookAtExisting(
  path: string,
  { files, grant }: { readonly files: Files; readonly grant: PathGrant },
  { whole, signal }: { readonly whole: boolean; readonly signal: AbortSignal },
): Promise<ExistingText | undefined> {
  const file = await files.open(path, grant).catch(unlessUnreadable);
  if (file === undefined) return undefined;
  try {
    let beginning = new Uint8Array();
    let wellFormed: WellFormedness | undefined;
    let isWellFormed = true;
    let position = 0;
    for await (const chunk of file.chunks()) {
      signal.throwIfAborted();
      position += chunk.length;
      if (wellFormed === undefined) {
        beginning = chunk.slice(0, LOOKED_AT);
        wellFormed = new WellFormedness(markOf(beginning)?.encoding ?? 'utf-8');
      }
      isWellFormed = wellFormed.has(chunk, position < file.size);
      if (!whole || !isWellFormed) break;
    }
    const marked = markOf(beginning)?.encoding;
    const head = beginning.subarray(0, HEAD_BYTES);
    const unmarked = marked === undefined ? unmarkedUtf16(head) : undefined;
    const lineEnds = lineEndsOf(decodeText(beginning, marked ?? unmarked ?? 'utf-8'));
    return { size: file.size, head, marked, unmarked, lineEnds, isWellFormed };
  } finally {
    await file.close();
  }
}

/** The write itself says more about a file that isn't there, or can't be read. */
function unlessUnreadable(error: unknown): undefined {
  if (error instanceof DomainError && ['file.not-found', 'file.denied'].includes(error.code))
    return undefined;
  throw error;
}
