import { quotePath } from '../../../domain/policy/paths/path-invalid.ts';
import { DomainError } from '../../../domain/shared/domain-error.ts';
import type { JsonObject } from '../../../domain/shared/json.ts';
import { encodeText } from '../../../domain/text/encode-text.ts';
import { type Encoding, lineEndIn, MARK, takesMark } from '../../../domain/text/encodings.ts';
import { lineEndsOf } from '../../../domain/text/lines.ts';
import type { WriteMode } from '../../ports/files.ts';
import { askedEncoding } from '../encoding-argument.ts';
import type { ExistingText } from './existing-text.ts';

export interface TextToWrite {
  readonly path: string;
  readonly content: string;
  readonly mode: WriteMode;
  /** As the caller named it. */
  readonly encoding: string | undefined;
}

export interface EncodedText {
  readonly bytes: Uint8Array;
  readonly encoding: Encoding;
  /** Facts for the result about the text: its encoding if that isn't plain UTF-8, and changes of its mark and line ends. */
  readonly told: JsonObject;
}

/**
 * The bytes of a text, as the file that they go to has its own: without an encoding asked for, a marked file keeps its encoding, and its
 * mark for as long as the encoding stays.
 * @throws DomainError `file.encoding`
 */
export function encodeFor(text: TextToWrite, existing: ExistingText | undefined): EncodedText {
  const { content, mode, encoding: label } = text;
  const encoding =
    label === undefined ? (existing?.marked ?? 'utf-8') : askedEncoding(label, existing?.head ?? NOTHING);
  if (encoding === 'base64') return { bytes: encodeText(content, encoding), encoding, told: {} };
  if (existing !== undefined) requireKept(text, encoding, existing);
  const isMarked = mode !== 'append' && keepsMark(encoding, existing) && !content.startsWith(MARK);
  const bytes = encodeText(isMarked ? MARK + content : withoutInnerMark(text, encoding, existing), encoding);
  return { bytes, encoding, told: tell(text, encoding, existing) };
}

const NOTHING = new Uint8Array();

/** The mark is of the beginning of a file: in the middle it would be a character that nobody sees. */
function withoutInnerMark(
  { content, mode }: TextToWrite,
  encoding: Encoding,
  existing: ExistingText | undefined,
): string {
  const isInner = mode === 'append' && existing !== undefined && existing.size > 0 && takesMark(encoding);
  return isInner && content.startsWith(MARK) ? content.slice(MARK.length) : content;
}

/** Text in UTF-16 or UTF-32 stays readable by its mark only; in UTF-8 one is written where there was one in UTF-8. */
const keepsMark = (encoding: Encoding, existing: ExistingText | undefined) =>
  existing?.marked !== undefined && (encoding === existing.marked || lineEndIn(encoding).bytes > 1);

/** @throws DomainError `file.encoding` where a file would hold two encodings, or lose what nobody could read */
function requireKept(
  { path, content, mode, encoding: label }: TextToWrite,
  encoding: Encoding,
  existing: ExistingText,
): void {
  const { size, marked, unmarked, isWellFormed } = existing;
  const { bytes: unit } = lineEndIn(encoding);
  if (mode === 'append' && size % unit !== 0)
    throw refusal(
      `${quotePath(path)} ends in the middle of a character: it has ${size} bytes, and ${encoding} takes ${unit} for each. What is appended would not be readable; write the whole file`,
    );
  if (mode === 'append' && marked !== undefined && encoding !== marked)
    throw refusal(
      `${quotePath(path)} is ${marked} by its mark, and appending ${encoding} would mix the two; leave out "encoding"`,
    );
  if (mode === 'append' && label === undefined && unmarked !== undefined)
    throw refusal(
      `${quotePath(path)} looks like ${unmarked} without a mark; say which "encoding" to append in`,
    );
  if (mode === 'append' && label === undefined && !isWellFormed && /[^\0-\x7f]/.test(content))
    throw refusal(
      `${quotePath(path)} has bytes that are not ${marked ?? 'utf-8'}, and appending that would mix two encodings; say which "encoding" the file has, such as windows-1252`,
    );
  if (mode === 'overwrite' && label === undefined && !isWellFormed && content.includes('\ufffd'))
    throw refusal(
      `${quotePath(path)} has bytes that are not ${marked ?? 'utf-8'}, and "content" has U+FFFD where they were: writing it would lose them. Read the file with its own "encoding", such as windows-1252, and write it with that; "encoding": "${marked ?? 'utf-8'}" writes the U+FFFD`,
    );
}

function tell(
  { content, mode, encoding: label }: TextToWrite,
  encoding: Encoding,
  existing: ExistingText | undefined,
): JsonObject {
  const marked = existing?.marked;
  const hasMark =
    mode === 'append'
      ? marked !== undefined
      : keepsMark(encoding, existing) || (takesMark(encoding) && content.startsWith(MARK));
  const before = existing?.lineEnds;
  const added = lineEndsOf(content);
  const after = mode === 'append' && before !== added ? 'mixed' : added;
  return {
    ...((label !== undefined || marked !== undefined || hasMark) && { encoding }),
    ...((hasMark || marked !== undefined) && { mark: hasMark }),
    ...(before !== undefined &&
      added !== undefined &&
      before !== after && { line_ends: `${before} to ${after}` }),
    ...changeOfEncoding({ mode, encoding: label }, encoding, existing),
  };
}

/** The change of a file that was in no encoding that could be told: its text is in another one now. */
function changeOfEncoding(
  { mode, encoding: label }: Pick<TextToWrite, 'mode' | 'encoding'>,
  encoding: Encoding,
  existing: ExistingText | undefined,
): JsonObject {
  if (mode !== 'overwrite' || label !== undefined || existing === undefined) return {};
  const { marked, unmarked, isWellFormed } = existing;
  if (marked !== undefined || (unmarked === undefined && isWellFormed)) return {};
  const before = unmarked ?? 'bytes that are not utf-8';
  return {
    encoding,
    note: `The file had ${before}, and is ${encoding} now; to keep its encoding, name it in "encoding", such as ${unmarked ?? 'windows-1252'}`,
  };
}

const refusal = (message: string) => new DomainError('file.encoding', 'invalid', message);
