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

/** @throws DomainError for a reference of one digit to a group that is not there, which JavaScript takes for a control character */
export function refuseMissingGroup(rest: string, groups: number): void {
  const [found, digit] = /^\\([1-9])(?!\d)/.exec(rest) ?? [];
  if (found === undefined || Number(digit) <= groups) return;
  throw foreign(found, `a group "(…)" that it refers to, or "\\\\${digit}" for the two characters`);
}

/** @throws DomainError for an operator between sets (Rust, Java, Ruby; Unicode Technical Standard 18, section 1.3) at the front of what is left */
export function refuseSetOperation(rest: string): void {
  const [, found] = /^(&&|~~)[^\]]/.exec(rest) ?? [];
  if (found !== undefined)
    throw foreign(
      found,
      `"(?=[…])" before the other brackets, or "${found.charAt(0)}" once for the character`,
    );
}

/** @throws DomainError for a difference of sets at the front of what is left; only after a range, for `+--` is one */
export function refuseSetDifference(rest: string): void {
  if (/^--[^\]]/.test(rest))
    throw foreign('--', '"(?![…])" before the other brackets, or "\\-" for the character');
}

/** @throws DomainError for an operator between two sets in brackets of their own, behind the first of them */
export function refuseNestedSets(rest: string): void {
  const [, found] = /^(&&|--|~~)(?:\[|[^[\]]+\])/.exec(rest) ?? [];
  if (found !== undefined)
    throw foreign(
      found,
      `"(?${found === '--' ? '!' : '='}[…])" before the other brackets, without those around both`,
    );
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

/** Refusal of an anchor that holds nowhere in a line. @param edge of the line */
export const misplaced = (anchor: '^' | '$', edge: 'beginning' | 'end') =>
  invalid(
    `got "${anchor}", the ${edge} of a line, where more of the line is ${edge === 'end' ? 'behind' : 'before'} it: nothing can match; write "\\${anchor}" for the character`,
  );

export const endOfLine = () => invalid('got "\\r$"; lines are searched without their ends: leave "\\r" out');

/** Refusal of an expression. @param problem continues a sentence */
export const invalid = (problem: string) =>
  new DomainError(
    'search.content-invalid',
    'invalid',
    `Expected "content" to be a JavaScript regular expression for single lines, ${problem}`,
  );
