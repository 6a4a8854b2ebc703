import { quotePath } from '../../../domain/policy/paths/path-invalid.ts';
import { fileUriOf } from '../../../domain/resource/file-uri.ts';
import { isShownPicture, mediaTypeOf } from '../../../domain/resource/media-type.ts';
import { pictureFault } from '../../../domain/resource/picture.ts';
import type { ContentBlock } from '../../../domain/shared/content-block.ts';
import { DomainError } from '../../../domain/shared/domain-error.ts';
import { base64Of } from '../../../domain/text/base64.ts';
import type { OpenFile } from '../../ports/files.ts';
import { headOf, readAll } from '../../text/text-lines.ts';
import type { ToolLimits } from '../tool-limits.ts';

/**
 * A whole binary file as the block that its content and name stand for.
 * @param note what else there is to say of a file that is too large
 * @throws DomainError `file.too-large`, `file.picture-not-shown`
 */
export async function readBinary(
  file: OpenFile,
  { maxReadBytes, maxImageBytes }: Pick<ToolLimits, 'maxReadBytes' | 'maxImageBytes'>,
  signal: AbortSignal,
  note = '',
): Promise<ContentBlock> {
  const isPicture = isShownPicture(await headOf(file));
  const bytes = await readAll(file, isPicture ? maxImageBytes : Math.floor(maxReadBytes / 4) * 3, signal);
  if (bytes === undefined)
    throw isPicture ? largePicture(file, maxImageBytes) : tooLarge(file, maxReadBytes, note);
  if (isPicture) {
    const picture = mediaTypeOf('', false, bytes);
    const fault = pictureFault(bytes, picture);
    if (fault !== undefined) throw notShown(file, fault);
    return { type: 'image', data: base64Of(bytes), mimeType: picture };
  }
  const data = base64Of(bytes);
  const mimeType = mediaTypeOf(file.path, false, bytes);
  if (mimeType.startsWith('audio/')) return { type: 'audio', data, mimeType };
  return { type: 'resource', resource: { uri: fileUriOf(file.path), mimeType, blob: data } };
}

const notShown = ({ path }: OpenFile, fault: string) =>
  new DomainError(
    'file.picture-not-shown',
    'invalid',
    `${quotePath(path)} ${fault}; make a copy that can be shown and read that, such as by: magick PICTURE -resize 1568x1568 COPY.png; "encoding": "base64" reads its bytes`,
  );

function tooLarge({ path, size }: OpenFile, maxBytes: number, note: string): DomainError {
  const limit = `${maxBytes} bytes as base64 (tools.max_read_bytes)`;
  return new DomainError(
    'file.too-large',
    'exhausted',
    `${quotePath(path)} is a binary file of ${size} bytes, which is over the limit of ${limit}; ` +
      `"encoding": "base64" reads it in parts${note && ` ${note}`}`,
  );
}

function largePicture({ path, size }: OpenFile, maxBytes: number): DomainError {
  return new DomainError(
    'file.too-large',
    'exhausted',
    `${quotePath(path)} is a picture of ${size} bytes, which is over the limit of ${maxBytes} (tools.max_image_bytes); ` +
      'make a smaller copy and read that, such as by: magick PICTURE -resize 1568x1568 -quality 85 SMALLER.jpg',
  );
}
