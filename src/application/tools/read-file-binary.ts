import { quotePath } from '../../domain/policy/path-invalid.ts';
import { base64Of } from '../../domain/resource/base64.ts';
import { mediaTypeOf } from '../../domain/resource/media-type.ts';
import type { ContentBlock } from '../../domain/shared/content-block.ts';
import { DomainError } from '../../domain/shared/domain-error.ts';
import type { OpenFile } from '../ports/files.ts';
import { readAll } from './text-lines.ts';

/** What models see; any other image, or a name without the content, makes their provider refuse the whole conversation. */
const SHOWN = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/**
 * A whole binary file as the block that its content and name stand for.
 * @param maxBytes of it as base64
 * @throws DomainError `file.too-large`
 */
export async function readBinary(
  file: OpenFile,
  maxBytes: number,
  signal: AbortSignal,
): Promise<ContentBlock> {
  const bytes = await readAll(file, Math.floor(maxBytes / 4) * 3, signal);
  if (bytes === undefined) throw tooLarge(file, maxBytes);
  const data = base64Of(bytes);
  const recognized = mediaTypeOf('', false, bytes);
  if (SHOWN.includes(recognized)) return { type: 'image', data, mimeType: recognized };
  const mimeType = mediaTypeOf(file.path, false, bytes);
  if (mimeType.startsWith('audio/')) return { type: 'audio', data, mimeType };
  return { type: 'resource', resource: { uri: fileUriOf(file.path), mimeType, blob: data } };
}

function tooLarge({ path, size }: OpenFile, maxBytes: number): DomainError {
  const limit = `${maxBytes} bytes as base64 (tools.max_read_bytes)`;
  return new DomainError(
    'file.too-large',
    'exhausted',
    `${quotePath(path)} is a binary file of ${size} bytes, which is over the limit of ${limit}; ` +
      '"encoding": "base64" reads it in parts',
  );
}

/** RFC 8089; on Windows a drive becomes the first segment and a server the host. */
function fileUriOf(path: string): string {
  const isWindows = /^(?:[a-z]:\\|\\\\)/i.test(path);
  const segments = path.split(isWindows ? '\\' : '/').map(encodeURIComponent);
  if (!isWindows) return `file://${segments.join('/')}`;
  if (path.startsWith('\\')) return `file:${segments.join('/')}`;
  return `file:///${path.slice(0, 2)}/${segments.slice(1).join('/')}`;
}
