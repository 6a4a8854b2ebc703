import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { outsideName } from '../../../../src/domain/text/outside-name.ts';

const test = suite('outside-name');

for (const [name, shown] of [
  ['claude-code', 'claude-code'],
  ['Élan 漢字 😀', 'Élan 漢字 😀'],
  ['two\nlines\u2028three', 'two lines three'],
  ['\u001b[31mred\u0000', ' [31mred '],
  ['\u202egnp\ud800', ' gnp '],
  ['', ''],
] as const)
  test(`${JSON.stringify(name)} is shown as "${shown}"`, () => {
    assert.is(outsideName(name), shown);
  });

test('of a long name the beginning is shown, in whole characters', () => {
  assert.is(outsideName('n'.repeat(100)), 'n'.repeat(100));
  assert.is(outsideName(`${'n'.repeat(99)}😀😀`), `${'n'.repeat(99)}😀…`);
  assert.is(outsideName('name', 2), 'na…');
});

test.run();
