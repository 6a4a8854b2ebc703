import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { JsonObject } from '../../../../src/domain/shared/json.ts';
import { RpcError } from '../../../../src/presentation/jsonrpc/rpc-error.ts';
import {
  optionalObject,
  optionalString,
  optionalStrings,
  requireObject,
  requireString,
} from '../../../../src/presentation/protocol/params.ts';
import { thrownBy } from '../../../support/failure.ts';

const test = suite('params');

const refusalOf = (read: () => unknown) => {
  const error = thrownBy(read);
  assert.instance(error, RpcError);
  return error.toObject();
};

const refusal = (parameter: string, expected: string, came: string) => ({
  code: -32602,
  message: `Expected "${parameter}" to be ${expected}, got ${came}`,
  data: { code: 'params.invalid', parameter },
});

const values = (...texts: readonly string[]) =>
  texts.map((text) => JSON.parse(`{"key":${text}}`) as JsonObject);

test('a string', () => {
  for (const text of ['', 'x', '__proto__']) assert.is(requireString({ key: text }, 'key'), text);
  assert.equal(
    refusalOf(() => requireString(undefined, 'key')),
    refusal('key', 'a string', 'nothing'),
  );
  assert.equal(
    refusalOf(() => requireString({}, 'key')),
    refusal('key', 'a string', 'nothing'),
  );
  for (const params of values('null', '5', 'true', '[]', '{}')) {
    assert.is(refusalOf(() => requireString(params, 'key')).code, -32602);
  }
});

test('a string that may be absent or null', () => {
  assert.is(optionalString(undefined, 'key'), undefined);
  assert.is(optionalString({}, 'key'), undefined);
  assert.is(optionalString({ key: '' }, 'key'), '');
  assert.is(optionalString({ key: null }, 'key'), undefined);
  assert.equal(
    refusalOf(() => optionalString({ key: 5 }, 'key')),
    refusal('key', 'a string', 'a number'),
  );
});

test('an object', () => {
  assert.equal(requireObject({ key: { a: 1 } }, 'key'), { a: 1 });
  assert.equal(requireObject({ key: [] }, 'key'), {});
  for (const [params, came] of [
    [undefined, 'nothing'],
    [{}, 'nothing'],
    [{ key: null }, 'null'],
    [{ key: [1] }, 'an array'],
    [{ key: 'x' }, 'a string'],
  ] as const) {
    assert.equal(
      refusalOf(() => requireObject(params, 'key')),
      refusal('key', 'an object', came),
    );
  }
});

test('an object that may be absent or null', () => {
  for (const params of [undefined, {}, { key: null }, { key: {} }, { key: [] }]) {
    assert.equal(optionalObject(params, 'key'), {});
  }
  for (const params of values('[{}]', '"x"', '0', 'false')) {
    assert.is(refusalOf(() => optionalObject(params, 'key')).code, -32602);
  }
});

test('an object of strings', () => {
  assert.equal(optionalStrings({ key: { a: 'x', b: '' } }, 'key'), { a: 'x', b: '' });
  assert.equal(optionalStrings({ key: null }, 'key'), {});
  assert.equal(optionalStrings({ key: [] }, 'key'), {});
  assert.equal(optionalStrings({ key: { a: 'x', b: null } }, 'key'), { a: 'x' });
  assert.equal(
    refusalOf(() => optionalStrings({ key: { a: 'x', b: 5 } }, 'key')),
    refusal('key.b', 'a string', 'a number'),
  );
  assert.equal(
    refusalOf(() => optionalStrings(JSON.parse('{"key":{"__proto__":{}}}'), 'key')),
    refusal('key.__proto__', 'a string', 'an object'),
  );
});

test('the refusal shows of a long name no more than its beginning', () => {
  const error = refusalOf(() => optionalStrings({ key: { ['n'.repeat(100_000)]: 5 } }, 'key'));
  assert.ok(JSON.stringify(error).length < 400);
});

test.run();
