import type { Test } from 'uvu';
import * as assert from 'uvu/assert';
import { DomainError, type DomainErrorKind } from '../../../../src/domain/shared/domain-error.ts';
import { invalidParams, RpcError } from '../../../../src/presentation/jsonrpc/rpc-error.ts';
import { madeUpCode } from '../../../support/made-up-code.ts';

/** Holds an era's translation of errors against its numbers, and against what both eras have in common. */
export function testErrors(
  test: Test,
  toRpcError: (error: unknown) => unknown,
  numbers: Readonly<Record<string, number>>,
): void {
  for (const [code, number] of Object.entries(numbers)) {
    test(`${code} is ${number}`, () => {
      const error = toRpcError(new DomainError(madeUpCode(code), 'invalid', 'No', { uri: 'a:' })) as RpcError;
      assert.instance(error, RpcError);
      assert.equal(error.toObject(), { code: number, message: 'No', data: { code, uri: 'a:' } });
    });
  }

  for (const kind of ['invalid', 'not-found', 'conflict', 'forbidden', 'exhausted', 'unavailable'] as const) {
    test(`a refusal of kind ${kind} is told`, () => {
      assert.instance(
        toRpcError(new DomainError(madeUpCode('a.b'), kind satisfies DomainErrorKind, 'No')),
        RpcError,
      );
    });
  }

  test('what is internal, already translated or no refusal at all stays what it is', () => {
    for (const error of [
      new DomainError('tool.output-invalid', 'internal', 'Broken'),
      invalidParams('Bad'),
      new TypeError('boom'),
      'boom',
    ]) {
      assert.is(toRpcError(error), error);
    }
  });
}
