import { invalidCursor, type Page } from '../../application/queries/paginate.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import { base64urlOf, textOfBase64url } from '../../domain/text/base64.ts';
import { optionalString } from './params.ts';

/** Cursors are opaque to clients: the list and the key of the last entry seen. */
const encode = (list: string, key: string) => base64urlOf(`${list}\n${key}`);

/** Longer than any of ours: keys are names and URIs. */
const LONGEST = 16_384;

function decode(list: string, cursor: string): string {
  if (cursor.length > LONGEST) throw invalidCursor();
  const text = textOfBase64url(cursor);
  if (!text?.startsWith(`${list}\n`)) throw invalidCursor();
  return text.slice(list.length + 1);
}

/** The part of `list` that the request asks for. @throws DomainError `cursor.invalid` */
export function pageRequest(list: string, params: JsonObject | undefined, limit: number) {
  const cursor = optionalString(params, 'cursor');
  return cursor === undefined ? { limit } : { after: decode(list, cursor), limit };
}

/** A page as the client gets it: the entries under the list's name, and where to go on. */
export function encodePage<Entry>(
  list: string,
  page: Page<Entry>,
  encodeEntry: (entry: Entry) => JsonObject,
) {
  const entries = { [list]: page.items.map(encodeEntry) };
  return page.next === undefined ? entries : { ...entries, nextCursor: encode(list, page.next) };
}
