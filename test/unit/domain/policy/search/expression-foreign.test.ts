import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { foreignExpression } from '../../../../../src/domain/policy/search/expression-foreign.ts';

const test = suite('expression of another kind');

for (const [content, instead] of [
  ['foo\\|bar', 'a|b'],
  ['/foo/', 'slashes'],
  ['/foo.*bar/gi', '"(?i)" in front'],
  ['"foo"', 'quotes'],
  ["'a b'", 'quotes'],
  ['fo\\+', 'repetitions are written a+'],
  ['a\\{2,\\}', 'repetitions'],
  ['a\\{2\\}b', 'repetitions'],
  ['baz\\r', 'leave "\\r" out'],
  ['`x`', 'quotes'],
] as const)
  test(`${content} was meant otherwise`, () => assert.match(foreignExpression(content) ?? '', instead));

for (const content of ['foo', 'a|b', '//', 'a/b/', '"a', '"', '/usr/Bin/x', 'say "hi"', 'a\\{b\\}', 'a\\rb'])
  test(`${content} was meant as it is`, () => assert.is(foreignExpression(content), undefined));

test.run();
