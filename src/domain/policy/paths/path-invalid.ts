import { DomainError } from '../../shared/domain-error.ts';

const MAX_QUOTED = 200;

/** A path for a message: whole where it is short, with nothing in it that would move a cursor. */
export function quotePath(path: string): string {
  return JSON.stringify(path.length > MAX_QUOTED ? `${path.slice(0, MAX_QUOTED)}…` : path);
}

/** The refusal of a path that no file can have or that would mean different files to different programs. */
export function pathInvalid(path: string, why: string): DomainError {
  return new DomainError('path.invalid', 'invalid', `Expected a path, got ${quotePath(path)}: ${why}`);
}
