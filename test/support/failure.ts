import * as assert from 'uvu/assert';
import { DomainError } from '../../src/domain/shared/domain-error.ts';

/** Something that may fail: begun already, or begun here, so that throwing at once is a failure too. */
type Work = PromiseLike<unknown> | (() => unknown);

/** The result of the work, or what it fails with. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into results and failures of every shape
export async function outcomeOf(work: Work): Promise<any> {
  try {
    return await (typeof work === 'function' ? work() : work);
  } catch (error) {
    return error;
  }
}

/** The error that the work fails with; the test fails where the work does not. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into failures of every shape
export async function failureOf(work: Work): Promise<any> {
  let result: unknown;
  try {
    result = await (typeof work === 'function' ? work() : work);
  } catch (error) {
    return error;
  }
  return assert.unreachable(`Expected a failure, got ${JSON.stringify(result)}`);
}

/** The error that is thrown at once; the test fails where none is. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into failures of every shape
export function thrownBy(work: () => unknown): any {
  let result: unknown;
  try {
    result = work();
  } catch (error) {
    return error;
  }
  return assert.unreachable(`Expected an error, got ${JSON.stringify(result)}`);
}

/** The refusal that the work ends with; the test fails where it ends otherwise. */
export async function refusalOf(work: Work): Promise<DomainError> {
  const failure = await failureOf(work);
  if (failure instanceof DomainError) return failure;
  throw failure;
}

/** The code of that refusal. */
export const codeOf = async (work: Work): Promise<string> => (await refusalOf(work)).code;

/** For `assert.throws`: is it a refusal with this code, and this in its message? */
export const refusedWith =
  (code: string, message: string | RegExp = '') =>
  (error: unknown): boolean =>
    error instanceof DomainError &&
    error.code === code &&
    (typeof message === 'string' ? error.message.includes(message) : message.test(error.message));
