import { isShownPicture, mediaTypeOf } from '../../domain/resource/media-type.ts';
import { pictureFault } from '../../domain/resource/picture.ts';
import type { ResourceContents } from '../../domain/shared/content-block.ts';
import { DomainError } from '../../domain/shared/domain-error.ts';
import { escapeLineSeparators } from '../../domain/shared/json.ts';
import { base64Of } from '../../domain/text/base64.ts';
import { MARK } from '../../domain/text/encodings.ts';
import { decodeText } from '../../domain/text/text-decoding.ts';
import { utf8Length } from '../../domain/text/utf8.ts';
import type { OpenFile } from '../ports/files.ts';
import { readAll } from '../text/text-lines.ts';
import { HEAD_BYTES, recognizedEncoding } from '../text/text-or-binary.ts';

export interface ResourceLimits {
  /** Of the content as it is encoded. */
  readonly maxBytes: number;
  /** Of a picture's own bytes. */
  readonly maxImageBytes: number;
  readonly signal: AbortSignal;
}

/**
 * The whole file as a resource's content: text where it counts as that, in the encoding of its mark or in UTF-8, else base64. A byte
 * order mark is dropped. An empty file is an empty text: what a resource holds is for programs, too.
 * @throws DomainError `resource.too-large`, and those of `Files`
 */
export async function readFileContents(
  file: OpenFile,
  uri: string,
  { maxBytes, maxImageBytes, signal }: ResourceLimits,
): Promise<ResourceContents> {
  let isPicture = false;
  const limit = (head: Uint8Array) => {
    isPicture = isShownPicture(head) && encodingOf(head, file.path) === undefined;
    return isPicture ? maxImageBytes : maxBytes;
  };
  const bytes = await readAll(file, limit, signal);
  if (bytes === undefined) throw tooLarge(file, isPicture ? maxImageBytes : maxBytes, isPicture);
  const text = isPicture ? undefined : textOf(bytes, file.path);
  const named = mediaTypeOf(file.path, text !== undefined, bytes);
  // By that name a host would show it to a model, whose provider refuses what it can't decode.
  const mimeType = isPicture && pictureFault(bytes, named) !== undefined ? UNKNOWN_BYTES : named;
  if (text === undefined) {
    if (!isPicture && Math.ceil(bytes.length / 3) * 4 > maxBytes) throw tooLarge(file, maxBytes);
    return { uri, mimeType, blob: base64Of(bytes) };
  }
  if (utf8Length(escapeLineSeparators(JSON.stringify(text))) - QUOTES > maxBytes)
    throw tooLarge(file, maxBytes);
  return { uri, mimeType, text };
}

const QUOTES = 2;

const UNKNOWN_BYTES = 'application/octet-stream';

const encodingOf = (bytes: Uint8Array, path: string) =>
  recognizedEncoding(bytes.subarray(0, HEAD_BYTES), path);

/** Undefined for binary data, as `read_file` tells it; bytes of a text that are not of its encoding become U+FFFD. */
function textOf(bytes: Uint8Array, path: string): string | undefined {
  const encoding = encodingOf(bytes, path);
  if (encoding === undefined) return undefined;
  const text = decodeText(bytes, encoding);
  return text.startsWith(MARK) ? text.slice(MARK.length) : text;
}

/** A resource comes whole or not at all: its client has no way to ask for the rest. */
function tooLarge({ path }: OpenFile, maxBytes: number, isPicture = false): DomainError {
  const limit = isPicture
    ? 'the limit of a picture (tools.max_image_bytes); make a smaller copy and read that'
    : 'the limit of a resource (tools.max_read_bytes); read it in parts with the tool read_file';
  return new DomainError(
    'resource.too-large',
    'exhausted',
    `"${path}" would take more than ${maxBytes} bytes, ${limit}`,
    { limit: maxBytes },
  );
}
