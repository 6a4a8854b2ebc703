import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isJsonObject, typeName } from '../../../../src/domain/shared/json.ts';

const test = suite('json');

for (const text of ['{}', '{"a":1}', '{"__proto__":null}', '{"length":0}']) {
  test(`${text} is an object`, () => {
    assert.ok(isJsonObject(JSON.parse(text)));
  });
}

for (const text of ['null', '[]', '[{}]', '""', '"{}"', '0', 'true']) {
  test(`${text} is none`, () => {
    assert.not(isJsonObject(JSON.parse(text)));
  });
}

test('neither is what isn’t there', () => {
  assert.not(isJsonObject(undefined));
});

for (const [value, name] of [
  [null, 'null'],
  [undefined, 'nothing'],
  [[], 'an array'],
  [{}, 'an object'],
  ['', 'a string'],
  [0, 'a number'],
  [false, 'a boolean'],
] as const) {
  test(`a refusal calls it ${name}`, () => {
    assert.is(typeName(value), name);
  });
}

test.run();
