import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readExpression } from '../../../../../src/domain/policy/search/expression-reader.ts';
import { refusedWith } from '../../../../support/failure.ts';

const test = suite('expression reader');

const matches = (written: string, line: string) => {
  const { source, ignoresCase, isMultiline } = readExpression(written);
  return new RegExp(source, `u${ignoresCase ? 'i' : ''}${isMultiline ? 'm' : ''}`).test(line);
};

/** Expressions, a line that each matches, and one that it does not. */
const taken: readonly (readonly [string, string, string])[] = [
  ['class Foo {', 'class Foo {', 'class Foo'],
  ['{a}', '{a}', 'a'],
  ['x{1,', 'x{1,', 'x'],
  ['a\\{,3}', 'a{,3}', 'aaa'],
  ['x{,}', 'x{,}', 'x'],
  ['^[+--]$', ',', '.'],
  ['^[a&]&$', '&&', 'b&'],
  ['^[a&&]$', '&', 'b'],
  ['^[[]&&$', '[&&', '[&'],
  ['^[[a]&&$', 'a&&', 'a&'],
  ['^[[a]--$', '[--', '--'],
  ['}', '}', '{'],
  [']', ']', '['],
  ['\\@', '@', '\\'],
  ['a\\-b', 'a-b', 'ab'],
  ['\\"x\\"', '"x"', 'x'],
  ["\\'x\\'", "'x'", 'x'],
  ['\\é', 'é', 'e'],
  ['\\/\\#\\ \\_', '/# _', '/#_'],
  ['[\\w-.]+$', 'a-.', '+'],
  ['^[a-\\d]$', '-', 'b'],
  ['^[a-c-e]$', '-', 'd'],
  ['^[--a]$', '/', '+'],
  ['[[]', '[', 'a'],
  ['[\\<\\>]', '<', '\\'],
  ['[\\@\\-\\]]', ']', '\\'],
  ['^[\\b]$', '\b', 'b'],
  ['[^]x', ' x', 'x'],
  ['(?=a)*b', 'b', 'a'],
  ['(a)\\1', 'aa', 'ab'],
  ['(?<n>a)\\k<n>', 'aa', 'ab'],
  ['\\61', '1', '6'],
  ['\\81', '81', '\\'],
  ['^$|a', 'a', 'b'],
  ['(^|x)a$', 'xa', 'ya'],
  ['^^a$$', 'a', 'b'],
  ['x*^a', 'a', 'ba'],
  ['a$b*', 'a', 'ab'],
  ['a$(?!b)', 'a', 'ab'],
  ['(a)(?<=^a)b', 'ab', 'b'],
  ['[$^]a', '$a', 'a'],
  ['\\c', '\\c', 'c'],
  ['\\cI', '\t', 'I'],
  ['\\u12', 'u12', '\u0012'],
  ['\\u{1F600}', '😀', 'u'],
  ['\\uD83D\\uDE00$', '😀', '\ud83d'],
  ['^[\\uD83D\\uDE00]$', '😀', '\ud83d'],
  ['^. smile$', '😀 smile', 'smile'],
  ['^[😀😁]$', '😀', '😀😁'],
  ['😀{2}', '😀😀', '😀'],
  ['\\p{Lu}', 'É', 'é'],
  ['[\\p{L}-]+$', 'é-', '1'],
  ['(?i)foo', 'FOO', 'bar'],
  ['(?im)(?s)foo.$', 'FOO\r', 'FO'],
  ['a.b', 'a b', 'a\nb'],
  ['^a.b$', 'a\rb', 'a\r\rb'],
  ['^a.b$', 'a\u2028b', 'ab'],
  ['^a.*b$', 'a\u2029\u0085b', 'a'],
  ['[^]x[a]', ' xa', 'xa'],
  ['\\n?x', 'x', 'y'],
  ['x(?!\\n)', 'x', 'y'],
  ['[\\s\\n]', ' ', 'x'],
  ['x|\\n', 'x', 'y'],
  ['foo\\r?$', 'foo', 'fo'],
  ['(?<=a)b', 'ab', 'b'],
];

test('what is written by hand means what it meant, by code points', () => {
  for (const [written, line, other] of taken) {
    assert.ok(matches(written, line), `${written} matches ${JSON.stringify(line)}`);
    assert.not.ok(matches(written, other), `${written} does not match ${JSON.stringify(other)}`);
  }
});

/** Expressions that would silently find nothing, and what is said of each. */
const refused: Readonly<Record<string, RegExp>> = {
  '[[:alpha:]]oo': /write "a-zA-Z" inside the brackets/,
  '[^[:space:]]': /"\[:space:\]".*"\\s"/,
  '[:digit:]+': /"0-9"/,
  '[[:^digit:]]': /all but "0-9"/,
  '[[.a.]]': /the characters themselves/,
  '\\<foo\\>': /"\\<".*"\\b"/,
  'foo\\>': /"\\>".*"\\b"/,
  '\\Afoo': /"\\A".*"\^"/,
  'foo\\z': /"\\z".*"\$"/,
  'foo\\Z': /"\\Z".*"\$"/,
  '\\Qa.b\\E': /"\\Q".*the characters themselves/,
  'a\\E': /"\\E"/,
  '\\h+': /"\\h".*"\[ \\t\]"/,
  '[\\h]': /"\\h"/,
  '\\R': /"\\R"/,
  '\\Gx': /"\\G"/,
  'x\\K': /"\\K".*\(\?<=…\)/,
  '\\e[0m': /"\\x1b"/,
  '\\mfoo\\M': /"\\m"/,
  '\\x{1F600}': /"\\u\{…\}"/,
  '\\U0001F600': /"\\u\{…\}"/,
  '\\pL': /"\\p\{…\}"/,
  "\\k'n'": /"\\k<name>"/,
  '\\g{1}': /"\\1"/,
  '(?P<n>a)': /"\(\?<name>…\)"/,
  "(?'n'a)": /"\(\?<name>…\)"/,
  '(?P=n)': /"\\k<name>"/,
  '(?>a)': /"\(\?:…\)"/,
  '(?|a|b)': /"\(\?:…\)"/,
  '(?#c)a': /without comments/,
  '(?R)': /without recursion/,
  '(?1)': /without recursion/,
  '(?&n)': /without recursion/,
  '(?(1)a|b)': /conditions/,
  '(*UTF8)a': /without verbs/,
  'a(?i)b': /at the very front/,
  '(?x)a': /at the very front/,
  '(?-i)a': /at the very front/,
  '(?i:a)': /at the very front/,
  'a++': /"\+\+".*write "\+"/,
  'a*+': /write "\*"/,
  'a?+': /write "\?"/,
  'a{2}+': /write "\{2\}"/,
  '[a-z&&[^b]]': /"&&".*\(\?=\[…\]\)/,
  '[[a-z]&&[^b]]': /"&&".*\(\?=\[…\]\)/,
  '[[a-z]--[aeiou]]': /"--".*\(\?!\[…\]\)/,
  '[[a-z]&&b]': /"&&"/,
  '[a&&b]': /"&&".*"&" once/,
  '[\\w~~\\d]': /"~~"/,
  '[a-z--b]': /"--".*\(\?!\[…\]\)/,
  '[\\w--_]': /"--"/,
  'foo{,3}': /"\{,3\}".*"\{0,3\}".*"\\\{,3\}"/,
  '(a){,12}b': /"\{0,12\}"/,
  '[ab]{,1}': /"\{0,1\}"/,
  '[]a]': /"\\\]"/,
  '[^]a]': /"\[\^\\\]…\]"/,
  '[^]a]+b': /"\[\^\\\]…\]"/,
  $user: /"\$", the end of a line.*"\\\$" for the character/,
  '${HOME}': /"\\\$"/,
  '$(sel)': /"\\\$"/,
  $5: /"\\\$"/,
  '$this->x': /"\\\$"/,
  '^$timeout': /"\\\$"/,
  foo$bar: /"\\\$"/,
  '(a|$b)': /"\\\$"/,
  'a^b': /"\^", the beginning of a line.*"\\\^" for the character/,
  'x+^y': /"\\\^"/,
  'foo\\1': /"\\1".*a group/,
  '(a)\\2': /"\\2".*a group/,
  '\\9': /"\\9"/,
  'foo\\nbar': /context_lines/,
  'foo\nbar': /context_lines/,
  'foo\\r\\nbar': /context_lines/,
  '\\x0a': /context_lines/,
  '\\u000a': /context_lines/,
  '\\cJ': /context_lines/,
  '\\012': /context_lines/,
  '[\\n]': /context_lines/,
  '[\\r\\n]+': /context_lines/,
  'a(?:\\n|\\r\\n)b': /context_lines/,
  'a(?=\\n)': /context_lines/,
  '(?s)a.*\\nb': /context_lines/,
  'foo\\r$': /leave "\\r" out/,
  [`${'('.repeat(2000)}a${')'.repeat(2000)}`]: /more than 250 groups/,
  ['(?:'.repeat(251)]: /more than 250 groups/,
  ['\\p{L}'.repeat(65)]: /more than 64/,
  ['[^\\P{Lu}]'.repeat(400)]: /more than 64/,
};

test('what only another dialect means so, or no line can match, is refused with the way to write it', () => {
  for (const [written, message] of Object.entries(refused))
    assert.throws(() => readExpression(written), refusedWith('search.content-invalid', message), written);
});

const oneOfMany = `(?:${Array.from({ length: 20 }, (_, at) => `${String.fromCharCode(97 + at)}\\d?`).join('|')})`;

/** Expressions of which V8 would make code for seconds or for ever; nothing could interrupt it. */
const endless = [
  `(?:${'a?'.repeat(900)}){2}${'a'.repeat(100)}`,
  `${'a?'.repeat(40)}${'x'.repeat(20)}`,
  `${'(a?)'.repeat(240)}xxxx`,
  `${'(?:a*|b)'.repeat(240)}xxxx`,
  `${'(|a)'.repeat(240)}xxxx`,
  `${'a{0,3}'.repeat(60)}xxxx`,
  `${'.?'.repeat(16)}${'x'.repeat(20)}`,
  `${'[^a]?'.repeat(16)}${'x'.repeat(20)}`,
  `${'\\W??'.repeat(16)}${'x'.repeat(20)}`,
  `${'\\p{L}?'.repeat(6)}${'x'.repeat(20)}`,
  '\\p{L}'.repeat(8),
  oneOfMany.repeat(10),
  `(?=${'a?'.repeat(200)}xxxx)`,
  `(?:(?:${oneOfMany}{3}){3}){3}`,
];

test('what the engine would look at for too long is refused', () => {
  for (const written of endless)
    assert.throws(
      () => readExpression(written),
      refusedWith('search.content-invalid', /too many ways/),
      written,
    );
});

/** Expressions that people search with, of the larger ones: all far from being refused. */
const wellKnown: readonly (readonly [string, string])[] = [
  ['(([0-9a-fA-F]{1,4}:){7,7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,7}:|::)', 'fe80::1'],
  [String.raw`(?:[a-z0-9!#$%&'*+/=?^_{|}~-]+(?:\.[a-z0-9-]+)*)@(?:[a-z0-9-]+\.)+[a-z]{2,}`, 'a.b@c.example'],
  [String.raw`(?:\+?\d{1,3}[-. ]?)?\(?\d{3}\)?[-. ]?\d{3}[-. ]?\d{4}`, '+1 (555) 010-9999'],
  [String.raw`(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}`, '192.0.2.255'],
  [String.raw`^\s*(?:export\s+)?(?:default\s+)?(?:async\s+)?(?:function|class)\s+\w+`, 'export class A'],
  ['M{0,4}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})', 'MCMXCIX'],
  [String.raw`^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z\d@$!%*?&]{8,}$`, 'Abcdefg1'],
  [String.raw`\p{Lu}\p{Ll}+\s\p{Lu}\p{Ll}{8,}`, 'Ägypten Österreich'],
  [String.raw`[\p{L}\p{N}_]{20}`, 'größenordnungsänderung'],
  ['.?'.repeat(10), 'x'],
  ['[a-z]?'.repeat(20), 'x'],
  [`foo.{20}${'.'.repeat(40)}`, `foo${'x'.repeat(60)}`],
  [`(?:${Array.from({ length: 400 }, (_, at) => `word${at}`).join('|')})`, 'word399'],
];

test('what people search with is none of that', () => {
  for (const [written, line] of wellKnown) assert.ok(matches(written, line), written);
});

test('what was an expression before is one, and matches the same lines', async () => {
  const piece = fc.oneof(
    fc.constantFrom(...'ab-.*+?|()[]{}1,^$\\:=!<>&@"/ '.split('')),
    fc.constantFrom('\\d', '\\w', '\\s', '\\b', '\\W', '\\1', '\\.', '\\-', '\\]', '\\[', '\\@', '\\x41'),
    fc.constantFrom('[\\w-.]', '[^a-]', 'a{2}', '{1,', '(?:', '(?=', '(?!', '[a-b', '\\61', '\\c', '\\u1'),
  );
  const written = fc.array(piece, { minLength: 1, maxLength: 9 }).map((pieces) => pieces.join(''));
  const line = fc.string({ unit: fc.constantFrom(...'abA-.1u,{}[]()\\<>@ "'.split('')), maxLength: 8 });
  await fc.assert(
    fc.property(written, fc.array(line, { minLength: 1, maxLength: 6 }), (source, lines) => {
      const before = engine(source, '');
      let read: string;
      try {
        read = readExpression(source).source;
      } catch {
        return; // refused: held by the table
      }
      const now = engine(read, 'u');
      assert.is(now === undefined, before === undefined, `${source} as ${read}`);
      for (const text of lines)
        assert.is(now?.test(text), before?.test(text), `${source} as ${read}: ${text}`);
    }),
    { numRuns: 5000 },
  );
});

function engine(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}

test.run();
