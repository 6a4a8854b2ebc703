import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findId } from '../../../../src/presentation/jsonrpc/parse.ts';

const test = suite('find-id');

const wide = `"params":{"a":[${'1,'.repeat(1000)}{"id":3}]}`;

for (const [what, text, id] of [
  ['in front', `{"jsonrpc":"2.0","id":7,"method":"x",${wide}}`, 7],
  ['in front, with spaces', ` { "id" : "a" , "jsonrpc" : "2.0" , "method" : "x", ${wide} } `, 'a'],
  ['behind the method', `{"jsonrpc":"2.0","method":"x","id":-7,${wide}}`, -7],
  ['at the end', `{"method":"x",${wide},"jsonrpc":"2.0","id":7}`, 7],
  ['at the end, with spaces', `{"method":"x",${wide} , "id" : "a\\"}" , "jsonrpc":"2.0" } `, 'a"}'],
  ['nowhere', `{"jsonrpc":"2.0","method":"x",${wide}}`, undefined],
  ['in the middle', `{${wide},"id":7,${wide}}`, undefined],
  ['of something inside', `{"method":"x",${wide},"b":{"c":1,"id":7}}`, undefined],
  ['in a string', `{"method":"x",${wide},"b":",\\"id\\":7"}`, undefined],
  ['of an array', `[{"id":7,${wide}}]`, undefined],
  ['longer than is looked at', `{"id":"${'i'.repeat(1000)}",${wide}}`, undefined],
  ['no JSON', `{"id":"\\x",${wide}}`, undefined],
] as const) {
  test(`${what}: ${JSON.stringify(id)}`, () => {
    assert.equal(findId(text), id);
  });
}

test.run();
