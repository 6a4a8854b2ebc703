import type { Page } from '../../application/queries/paginate.ts';
import { invalidCursor } from '../../application/queries/paginate.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import { optionalString } from './params.ts';

/** Cursors are opaque to clients: the list and the key of the last entry seen, in base64url. */
const encode = (list: string, key: string) =>
  btoa(encodeURIComponent(`${list}\n${key}`))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** Longer than any of ours: keys are names and URIs. */
const LONGEST = 16_384;

function decode(list: string, cursor: string): string {
  if (cursor.length > LONGEST) throw invalidCursor();
  try {
    const text = decodeURIComponent(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')));
    const key = text.slice(list.length + 1);
    if (encode(list, key) === cursor) return key; // of this list, and as we wrote it
  } catch {
    // neither base64 nor percent-encoded: not a cursor of ours, as said below
  }
  throw invalidCursor();
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
