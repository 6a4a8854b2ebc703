import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import { parseSeconds, seconds } from '../../../../../../src/infrastructure/config/schema/values/seconds.ts';

const test = suite('seconds');

for (const [text, expected] of [
  ['30', 30],
  ['1.5', 1.5],
  ['30s', 30],
  [' 30s ', 30],
  ['500ms', 0.5],
  ['1.5s', 1.5],
  ['2m', 120],
  ['1h30m', 5400],
  ['1m0.1s', 60.1],
  ['0', 0],
] as const) {
  test(`the schema reads "${text}" as ${expected}`, () => {
    assert.is(parseSeconds(text), expected);
  });
}

for (const text of ['', 's', '-1s', '1 s', '1d', '30s!', '1,5s', '1e3', 'Infinity', '.5s']) {
  test(`the schema refuses ${JSON.stringify(text)}`, () => {
    assert.ok(Number.isNaN(parseSeconds(text)));
    assert.not(v.is(seconds(0, 60), text));
  });
}

test('the schema takes numbers and texts between its bounds, both included', () => {
  const schema = seconds(1, 60);
  for (const value of [1, 60, '1s', '1m', 1.25]) assert.ok(v.is(schema, value), String(value));
  for (const value of [0.999, 61, '999ms', '61s', Number.NaN, true, null, []]) {
    assert.not(v.is(schema, value), String(value));
  }
  assert.is(v.parse(schema, '2s'), 2);
});

test.run();
