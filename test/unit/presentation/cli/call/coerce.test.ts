import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { JsonObject } from '../../../../../src/domain/shared/json.ts';
import { coerce } from '../../../../../src/presentation/cli/call/call-arguments.ts';

const test = suite('coerce');

const cases: [string, JsonObject, unknown][] = [
  ['5', { type: 'integer' }, 5],
  ['-5', { type: 'integer' }, -5],
  ['5.5', { type: 'integer' }, '5.5'],
  ['5.5', { type: 'number' }, 5.5],
  ['1e3', { type: 'number' }, 1000],
  ['0x10', { type: 'number' }, '0x10'],
  ['', { type: 'number' }, ''],
  ['many', { type: 'number' }, 'many'],
  ['true', { type: 'boolean' }, true],
  ['yes', { type: 'boolean' }, 'yes'],
  ['1', { type: 'boolean' }, '1'],
  ['null', { type: ['number', 'null'] }, null],
  ['["a"]', { type: 'array' }, ['a']],
  ['a', { type: 'array' }, 'a'],
  ['{"a":1}', { type: 'object' }, { a: 1 }],
  ['[1]', { type: 'object' }, '[1]'],
  ['5', { type: 'string' }, '5'],
  ['{"a":1}', { type: 'string' }, '{"a":1}'],
  ['5', { type: ['string', 'number'] }, '5'],
  ['5', { anyOf: [{ type: 'number' }, { type: 'boolean' }] }, 5],
  ['5', { anyOf: [{ type: 'number' }, { type: 'string' }] }, '5'],
  ['2', { enum: [1, 2] }, 2],
  ['utf-8', { enum: ['utf-8', 'base64'] }, 'utf-8'],
  ['5', {}, '5'],
];

for (const [text, schema, expected] of cases) {
  test(`the reader makes ${JSON.stringify(expected)} of "${text}" for ${JSON.stringify(schema)}`, () => {
    assert.equal(coerce(text, schema), expected);
  });
}

test.run();
