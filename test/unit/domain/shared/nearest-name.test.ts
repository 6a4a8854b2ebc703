import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { nearestName } from '../../../../src/domain/shared/nearest-name.ts';

const test = suite('nearest name');

const names = ['logging', 'server', 'mcp', 'tool_timeout', 'level'];

for (const [typed, meant] of [
  ['loging', 'logging'],
  ['loggging', 'logging'],
  ['loggnig', 'logging'],
  ['sevrer', 'server'],
  ['LEVEL', 'level'],
  ['tool-timeout', 'tool_timeout'],
  ['tool_tiemuot', 'tool_timeout'],
  ['mpc', 'mcp'],
] as const) {
  test(`the search takes "${typed}" for "${meant}"`, () => {
    assert.is(nearestName(typed, names), meant);
  });
}

test('the search suggests nothing for a name that is near none', () => {
  assert.is(nearestName('colour', names), undefined);
  assert.is(nearestName('abc', names), undefined);
  assert.is(nearestName('', names), undefined);
  assert.is(nearestName('anything', []), undefined);
});

test('the search lets only a third of the name be wrong, and never more than three letters', () => {
  assert.is(nearestName('abcdef', ['abcdXY']), 'abcdXY');
  assert.is(nearestName('abcdef', ['abcXYZ']), undefined);
  assert.is(nearestName('abcdefghijklmnop', ['abcdefghijklmXYZ']), 'abcdefghijklmXYZ');
  assert.is(nearestName('abcdefghijklmnop', ['abcdefghijklWXYZ']), undefined);
});

test('the search counts a swap of neighbours as one edit', () => {
  assert.is(nearestName('abc', ['acb']), 'acb');
  assert.is(nearestName('abc', ['cba']), undefined);
});

test('the search prefers the nearest, then the first', () => {
  assert.is(nearestName('levels', ['levers', 'level']), 'levers');
  assert.is(nearestName('level', ['levels', 'level']), 'level');
  assert.is(nearestName('cat', ['bat', 'hat']), 'bat');
});

test('the search does not compare what is too long for a name', () => {
  const long = 'x'.repeat(65);
  assert.is(nearestName(long, [long]), undefined);
  assert.is(nearestName(long.slice(1), [long.slice(1)]), long.slice(1));
});

test.run();
