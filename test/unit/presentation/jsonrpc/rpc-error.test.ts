import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  invalidParams,
  invalidRequest,
  methodNotFound,
  RpcError,
} from '../../../../src/presentation/jsonrpc/rpc-error.ts';

const test = suite('rpc-error');

test('an error is written as code, message and data', () => {
  assert.equal(new RpcError(-32000, 'No', { code: 'a.b' }).toObject(), {
    code: -32000,
    message: 'No',
    data: { code: 'a.b' },
  });
});

test('an error has no data where there are none', () => {
  assert.equal(Object.keys(new RpcError(-32000, 'No').toObject()), ['code', 'message']);
});

test('an error has a number for each way to be refused', () => {
  assert.equal(methodNotFound('foo').toObject(), {
    code: -32601,
    message: 'There is no method "foo"',
    data: { code: 'method.not-found', method: 'foo' },
  });
  assert.equal(invalidParams('Bad', { parameter: 'uri' }).toObject(), {
    code: -32602,
    message: 'Bad',
    data: { code: 'params.invalid', parameter: 'uri' },
  });
  assert.equal(invalidRequest('Bad').toObject(), {
    code: -32600,
    message: 'Bad',
    data: { code: 'request.invalid' },
  });
});

test('an error shows of a long method no more than its beginning', () => {
  assert.ok(JSON.stringify(methodNotFound('m'.repeat(1_000_000)).toObject()).length < 600);
});

test.run();
