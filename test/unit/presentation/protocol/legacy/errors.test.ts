import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DomainError, type DomainErrorKind } from '../../../../../src/domain/shared/domain-error.ts';
import { invalidParams, RpcError } from '../../../../../src/presentation/jsonrpc/rpc-error.ts';
import { toRpcError } from '../../../../../src/presentation/protocol/legacy/errors.ts';

const test = suite('legacy errors');

for (const [code, number] of [
  ['tool.not-found', -32001],
  ['resource.not-found', -32002],
  ['prompt.not-found', -32003],
  ['client.capability-missing', -32600],
  ['session.not-ready', -32600],
  ['session.illegal-transition', -32600],
  ['cursor.invalid', -32602],
  ['prompt.arguments-invalid', -32602],
  ['completion.unknown', -32602],
  ['session.too-many-subscriptions', -32602],
  ['constructor', -32602],
] as const) {
  test(`${code} is ${number}`, () => {
    const error = toRpcError(new DomainError(code, 'invalid', 'No', { uri: 'a:' })) as RpcError;
    assert.instance(error, RpcError);
    assert.equal(error.toObject(), { code: number, message: 'No', data: { code, uri: 'a:' } });
  });
}

for (const kind of ['invalid', 'not-found', 'conflict', 'forbidden', 'exhausted', 'unavailable'] as const) {
  test(`a refusal of kind ${kind} is told`, () => {
    assert.instance(toRpcError(new DomainError('a.b', kind satisfies DomainErrorKind, 'No')), RpcError);
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

test.run();
