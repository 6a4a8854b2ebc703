import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { lookDifference, lookOf, spelledName } from '../../../../../src/domain/policy/paths/lookalike.ts';

const test = suite('path-lookalike');

// [one, another that looks like it, how the second differs]
const alike = [
  ['Screenshot 1.00.00 PM.png', 'Screenshot 1.00.00\u202fPM.png', 'has U+202F for U+0020'],
  ['v 13.05.png', 'v\u00a013.05.png', 'has U+00A0 for U+0020'],
  ['a b', 'a\u2009b', 'has U+2009 for U+0020'],
  ['a b', 'a\u3000b', 'has U+3000 for U+0020'],
  ['caf\u00e9', 'cafe\u0301', 'has U+0065 U+0301 for U+00E9'],
  ['\u30d1.txt', '\u30cf\u309a.txt', 'has U+30CF U+309A for U+30D1'],
  ['\uac00', '\u1100\u1161', 'has U+1100 U+1161 for U+AC00'],
  ["it's", 'it\u2019s', 'has U+2019 for U+0027'],
  ['"a"', '\u201ca\u201d', 'has U+201C U+0061 U+201D for U+0022 U+0061 U+0022'],
  ['a-b', 'a\u2011b', 'has U+2011 for U+002D'],
  ['a-b', 'a\u2013b', 'has U+2013 for U+002D'],
  ['a...', 'a\u2026', 'has U+2026 for U+002E U+002E U+002E'],
  ['a.txt', 'a\u200b.txt', 'has U+200B for nothing'],
  ['a.txt', '\ufeffa.txt', 'has U+FEFF for nothing'],
  ['\u2764.txt', '\u2764\ufe0f.txt', 'has U+FE0F for nothing'],
  ['a\u00adb', 'ab', 'has nothing for U+00AD'],
] as const;

for (const [one, other, difference] of alike) {
  test(`${spelledName(other)} looks like ${spelledName(one)}`, () => {
    assert.is(lookOf(one), lookOf(other));
    assert.is(lookDifference(other, one), difference);
  });
}

for (const [one, other] of [
  ['a', 'A'],
  ['a', '\u0430'],
  ['\u00b2', '2'],
  ['a b', 'ab'],
  ['a  b', 'a b'],
  ['a_b', 'a-b'],
  ['\u2014', '-'],
  ['a.txt', 'a.txt '],
] as const)
  test(`${spelledName(other)} is another name than ${spelledName(one)}`, () =>
    assert.is.not(lookOf(one), lookOf(other)));

test('a name is spelled so that it can be given back', () => {
  for (const name of ['a\u202fb', 'caf\u00e9 \u{1f600}', 'a"b\\c\u007f']) {
    assert.match(spelledName(name), /^[\x20-\x7e]*$/);
    assert.is(JSON.parse(spelledName(name)), name);
  }
});

test.run();
