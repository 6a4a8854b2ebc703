import { DomainError } from '../../shared/domain-error.ts';
import { foreignGroups, posixSet } from './expression-dialects.ts';

/** @throws DomainError for a group that only other dialects have at the front of what is left */
export function refuseForeignGroup(rest: string): void {
  for (const [form, instead] of foreignGroups) {
    const [found] = form.exec(rest) ?? [];
    if (found !== undefined) throw foreign(found, instead);
  }
}

/** @throws DomainError for a set such as `[:alpha:]` at the front of what is left */
export function refusePosixSet(rest: string): void {
  const set = posixSet(rest);
  if (set) throw foreign(set.found, set.instead);
}

/** Refusal of what only another dialect means so. @param instead how to write it here */
export const foreign = (found: string, instead: string) =>
  invalid(`got "${found}", which means something in other dialects only; write ${instead}`);

export const tooManyWays = () =>
  invalid(
    'got one with too many ways to begin a match: say with one repetition what may be missing, such as "[a-z]{0,9}" for nine times "[a-z]?", or look for a part of it',
  );

export const acrossLines = () =>
  invalid(
    'got one that only the end of a line and what follows can match; lines are searched one by one: look for one of them, with "context_lines" for those around it',
  );

export const endOfLine = () => invalid('got "\\r$"; lines are searched without their ends: leave "\\r" out');

/** Refusal of an expression. @param problem continues a sentence */
export const invalid = (problem: string) =>
  new DomainError(
    'search.content-invalid',
    'invalid',
    `Expected "content" to be a JavaScript regular expression for single lines, ${problem}`,
  );
