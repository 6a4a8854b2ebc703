import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  contentPattern,
  requiredLiteral,
} from '../../../../../src/infrastructure/files/search/content-pattern.ts';

const test = suite('content pattern');

test('the pattern finds the plain text that every match has to contain', () => {
  const literals: Record<string, string | undefined> = {
    needle: 'needle',
    'file 1234$': 'file 1234',
    '^import .* from': 'import ',
    'a\\.b\\(c': 'a.b(c',
    'abcd?ef': 'abc',
    'abc*': 'ab',
    'abc+d': 'abc',
    'ab{0,2}cde': 'cde',
    'x[abc]yz': 'yz',
    '(abc)?de': 'de',
    '(?:long long)x': 'x',
    'foo|bar': undefined,
    '\\d+': undefined,
    'a\\dbc': 'bc',
    '\\bword\\b': 'word',
    '\\x41bc': undefined,
    '\\u0041bc': undefined,
    '\\cAbc': undefined,
    '\\1bc': undefined,
    '.': undefined,
    '': undefined,
    füür: 'füür',
    'a{b': 'b',
  };
  for (const [source, literal] of Object.entries(literals))
    assert.is(requiredLiteral(source), literal, source);
});

test('a line that matches always contains it, and the text of the line is never passed over', async () => {
  const piece = fc.constantFrom(
    ...'ab.*+?\\d|()[]{}1,^$ -\n'.split(''),
    '\\.',
    '\\b',
    '[ab]',
    '(?:a)',
    'a{0,1}',
    '\\s',
  );
  const pattern = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
  const text = fc.string({ unit: fc.constantFrom(...'ab1. -\n'.split('')), maxLength: 12 });
  await fc.assert(
    fc.property(pattern, text, (source, content) => {
      fc.pre(isTaken(source));
      const { line, text: whole, literal } = contentPattern(source, true);
      const matching = content.split('\n').filter((part) => line.test(part));
      for (const part of matching) assert.ok(literal === undefined || part.includes(literal), source);
      if (whole) whole.lastIndex = 0;
      assert.ok(matching.length === 0 || whole === undefined || whole.test(content), source);
    }),
    { numRuns: 3000 },
  );
});

function isTaken(source: string): boolean {
  try {
    return contentPattern(source, true) !== undefined;
  } catch {
    return false;
  }
}

test('the pattern promises nothing about whole texts where the expression looks around', () => {
  for (const source of ['a(?=b)', 'a(?!b)', '(?<=a)b', '(?<!a)b'])
    assert.is(contentPattern(source, true).text, undefined);
});

test('without case there is no plain text to look for', () => {
  const { line, literal } = contentPattern('needle', false);
  assert.is(literal, undefined);
  assert.ok(line.test('NEEDLE'));
});

test('the pattern refuses what the engine refuses, in its words', () => {
  assert.throws(() => contentPattern('[', true), /Unterminated character class/);
  assert.throws(() => contentPattern('x'.repeat(4097), true), /at most 4096/);
});

test.run();
