import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { JsonObject } from '../../../../../src/domain/shared/json.ts';
import { RpcError } from '../../../../../src/presentation/jsonrpc/rpc-error.ts';
import { decodeCompletion } from '../../../../../src/presentation/protocol/wire/decode-completion.ts';

const test = suite('decode-completion');

const argument = { name: 'tone', value: 'f' };

test('an argument of a prompt', () => {
  assert.equal(decodeCompletion({ ref: { type: 'ref/prompt', name: 'greet' }, argument }), {
    reference: { kind: 'prompt', name: 'greet' },
    argument,
    given: {},
  });
});

test('a variable of a resource template, with what was given before', () => {
  const params = {
    ref: { type: 'ref/resource', uri: 'test://{id}' },
    argument,
    context: { arguments: { name: 'Ada' } },
  };
  assert.equal(decodeCompletion(params), {
    reference: { kind: 'resource', uri: 'test://{id}' },
    argument,
    given: { name: 'Ada' },
  });
});

for (const context of [undefined, null, {}, [], { arguments: null }, { arguments: [] }]) {
  test(`a context of ${JSON.stringify(context)} gives nothing`, () => {
    const params = { ref: { type: 'ref/prompt', name: 'p' }, argument, context } as JsonObject;
    assert.equal(decodeCompletion(params).given, {});
  });
}

for (const [what, params, message] of [
  ['no params', undefined, 'Expected "argument" to be an object, got nothing'],
  ['no ref', { argument }, 'Expected "ref" to be an object, got nothing'],
  ['no value', { argument: { name: 'a' }, ref: {} }, 'Expected "type" to be a string, got nothing'],
  [
    'a ref of another type',
    { argument, ref: { type: 'ref/tool', name: 'x' } },
    'Expected "ref.type" to be "ref/prompt" or "ref/resource", got "ref/tool"',
  ],
  [
    'a prompt without a name',
    { argument, ref: { type: 'ref/prompt' } },
    'Expected "name" to be a string, got nothing',
  ],
  [
    'a resource without a uri',
    { argument, ref: { type: 'ref/resource', name: 'x' } },
    'Expected "uri" to be a string, got nothing',
  ],
  [
    'a given argument that is no text',
    { argument, ref: { type: 'ref/prompt', name: 'p' }, context: { arguments: { n: 5 } } },
    'Expected "arguments.n" to be a string, got a number',
  ],
] as const) {
  test(`the decoder refuses ${what}`, () => {
    assert.throws(
      () => decodeCompletion(params),
      (error: unknown) => error instanceof RpcError && error.code === -32602 && error.message === message,
    );
  });
}

test.run();
