import { DomainError } from '../../shared/domain-error.ts';
import { shorten } from '../../text/utf8.ts';

const MAX_QUOTED = 200;

/** A path for a message: whole where it is short, with nothing in it that would move a cursor. */
export function quotePath(path: string): string {
  return JSON.stringify(shorten(path, MAX_QUOTED));
}

/** The refusal of a path that no file can have or that would mean different files to different programs. */
export function pathInvalid(path: string, why: string): DomainError {
  return new DomainError('path.invalid', 'invalid', `Expected a path, got ${quotePath(path)}: ${why}`);
}
