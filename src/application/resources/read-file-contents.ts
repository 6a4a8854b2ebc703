import { utf8Length } from '../../domain/policy/answer-limit.ts';
import { base64Of } from '../../domain/resource/base64.ts';
import { mediaTypeOf } from '../../domain/resource/media-type.ts';
import type { ResourceContents } from '../../domain/shared/content-block.ts';
import { DomainError } from '../../domain/shared/domain-error.ts';
import { escapeLineSeparators } from '../../domain/shared/json-text.ts';
import type { OpenFile } from '../ports/files.ts';

/**
 * The whole file as a resource's content: text where it is UTF-8 without NUL, else base64. A byte order mark is dropped.
 * @param maxBytes of the content as it is encoded
 * @throws DomainError `resource.too-large`, and those of `Files`
 */
export async function readFileContents(
  file: OpenFile,
  uri: string,
  { maxBytes, signal }: { readonly maxBytes: number; readonly signal: AbortSignal },
): Promise<ResourceContents> {
  if (file.size > maxBytes) throw tooLarge(file, maxBytes);
  const bytes = await readWhole(file, maxBytes, signal);
  const text = textOf(bytes);
  const mimeType = mediaTypeOf(file.path, text !== undefined, bytes);
  if (text === undefined) {
    if (Math.ceil(bytes.length / 3) * 4 > maxBytes) throw tooLarge(file, maxBytes);
    return { uri, mimeType, blob: base64Of(bytes) };
  }
  if (utf8Length(escapeLineSeparators(JSON.stringify(text))) - QUOTES > maxBytes)
    throw tooLarge(file, maxBytes);
  return { uri, mimeType, text };
}

const QUOTES = 2;

/** Files can grow while they are read, and those of /proc never say how long they are. */
async function readWhole(file: OpenFile, maxBytes: number, signal: AbortSignal): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of file.chunks()) {
    signal.throwIfAborted();
    length += chunk.length;
    if (length > maxBytes) throw tooLarge(file, maxBytes);
    chunks.push(chunk.slice());
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined; // no UTF-8
  }
}

/** A resource comes whole or not at all: its client has no way to ask for the rest. */
function tooLarge({ path }: OpenFile, maxBytes: number): DomainError {
  return new DomainError(
    'resource.too-large',
    'exhausted',
    `"${path}" would take more than ${maxBytes} bytes, the limit of a resource (tools.max_read_bytes); read it in parts with the tool read_file`,
    { limit: maxBytes },
  );
}
