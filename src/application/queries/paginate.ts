import { DomainError } from '../../domain/shared/domain-error.ts';

/** The wanted part of a list: at most so many entries after the one with this key. */
export interface PageRequest {
  readonly after?: string | undefined;
  readonly limit: number;
}

export interface Page<Entry> {
  readonly items: readonly Entry[];
  /** The key to ask for the next page with; absent on the last one. */
  readonly next?: string;
}

/**
 * Cuts one page out of a list in its stable order.
 * @throws DomainError `cursor.invalid` when no entry has the key
 */
export function paginate<Entry>(
  entries: readonly Entry[],
  keyOf: (entry: Entry) => string,
  { after, limit }: PageRequest,
): Page<Entry> {
  const start = after === undefined ? 0 : entries.findIndex((entry) => keyOf(entry) === after) + 1;
  if (start === 0 && after !== undefined) throw invalidCursor();
  const items = entries.slice(start, start + limit);
  const last = items.at(-1);
  return start + limit < entries.length && last !== undefined ? { items, next: keyOf(last) } : { items };
}

export function invalidCursor(): DomainError {
  return new DomainError(
    'cursor.invalid',
    'invalid',
    'Expected a cursor from the last answer to this very list; start again without one',
  );
}
