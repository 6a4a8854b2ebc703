import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { errorResult, structuredResult, textResult } from '../../../../src/domain/tool/tool-result.ts';

const test = suite('tool-result');

test('a text is a result', () => {
  assert.equal(textResult('hi'), { content: [{ type: 'text', text: 'hi' }], isError: false });
});

test('an error is a result too', () => {
  assert.equal(errorResult('no'), { content: [{ type: 'text', text: 'no' }], isError: true });
});

test('a structured result says the same as text, for clients that read text only', () => {
  const value = { n: 1, list: ['a', { b: null }] };
  const result = structuredResult(value);
  assert.equal(result.structuredContent, value);
  assert.equal(result.content, [{ type: 'text', text: '{"n":1,"list":["a",{"b":null}]}' }]);
  assert.not(result.isError);
});

test('the JSON of a structured result is made once, quoted as its text too', () => {
  const { content, json } = structuredResult({ n: 'a"' });
  assert.equal(json, { value: '{"n":"a\\""}', text: JSON.stringify('{"n":"a\\""}') });
  assert.equal(content, [{ type: 'text', text: json?.value }]);
});

test.run();
