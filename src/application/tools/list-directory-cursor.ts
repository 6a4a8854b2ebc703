import { DomainError } from '../../domain/shared/domain-error.ts';

/** Opaque to clients: the path of a page's last entry, in base64url. */
export function encodeCursor(path: string): string {
  const bytes = new TextEncoder().encode(path);
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Longer than that of the longest path, which Windows has. */
const LONGEST = 131_072;

/** @throws DomainError `cursor.invalid` */
export function decodeCursor(cursor: string): string {
  if (cursor.length > LONGEST) throw invalid();
  try {
    const binary = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const path = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (path !== '' && encodeCursor(path) === cursor) return path; // as we wrote it
  } catch {
    // neither base64 nor UTF-8: not a cursor of ours, as said below
  }
  throw invalid();
}

const invalid = () =>
  new DomainError(
    'cursor.invalid',
    'invalid',
    'Expected "cursor" to be the next_cursor of an earlier result for the same path; leave it out to begin anew',
  );
