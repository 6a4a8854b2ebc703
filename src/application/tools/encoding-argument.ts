import { DomainError } from '../../domain/shared/domain-error.ts';
import { suggestionOf } from '../../domain/shared/nearest-name.ts';
import { commonLabels, type Encoding, encodingOf } from '../../domain/text/encodings.ts';
import { markOf } from '../../domain/text/recognize-text.ts';
import { shorten } from '../../domain/text/utf8.ts';
import { optionalText } from './arguments.ts';

/** The encoding of a file's text, if the caller gives it. */
export const encodingArgument = optionalText(
  'Label as in HTML, or base64 (default: by its mark, else utf-8)',
);

/** Names of an encoding that leave the order of its bytes to the mark. */
const EITHER_ORDER: Readonly<Record<string, readonly Encoding[]>> = {
  'utf-16': ['utf-16le', 'utf-16be'],
  utf16: ['utf-16le', 'utf-16be'],
  'utf-32': ['utf-32le', 'utf-32be'],
  utf32: ['utf-32le', 'utf-32be'],
};

/**
 * The encoding that was asked for, of a file that begins so.
 * @throws DomainError `file.encoding` for a label that names none
 */
export function askedEncoding(label: string, head: Uint8Array): Encoding {
  const marked = markOf(head)?.encoding;
  if (marked !== undefined && EITHER_ORDER[label.trim().toLowerCase()]?.includes(marked)) return marked;
  const encoding = encodingOf(label);
  if (encoding !== undefined) return encoding;
  throw new DomainError(
    'file.encoding',
    'invalid',
    `"encoding": expected a label of the Encoding standard, such as windows-1252, or base64; got ${JSON.stringify(shorten(label, 80))}${suggestionOf(label, commonLabels)}`,
  );
}
