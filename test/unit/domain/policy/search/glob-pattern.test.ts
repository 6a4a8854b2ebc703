import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { globPattern } from '../../../../../src/domain/policy/search/glob-pattern.ts';
import { refusedWith } from '../../../../support/failure.ts';

const test = suite('glob pattern');

/** Patterns, what each finds, and what it does not. */
const table: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['*.ts', ['a.ts', '.ts', '.a.ts', 'a\nb.ts'], ['a.tsx', 'a.TS']],
  ['a?c', ['abc', 'a😀c'], ['ac', 'abbc']],
  ['[a-c]x', ['bx'], ['dx', 'x']],
  ['[!a-c]x', ['dx', '-x'], ['bx']],
  ['[^a-c]x', ['dx'], ['bx']],
  ['[]a]x', [']x', 'ax'], ['x']],
  ['[a-]x', ['-x'], ['bx']],
  ['[[:digit:]]*', ['1a'], ['a1']],
  ['[[:alpha:]]', ['é'], ['1']],
  ['{a,b}.ts', ['a.ts', 'b.ts'], ['c.ts', 'ab.ts']],
  ['{a,{b,c}d}', ['a', 'bd', 'cd'], ['b', 'ad']],
  ['{,a}.ts', ['.ts', 'a.ts'], ['b.ts']],
  ['f{8..10}', ['f8', 'f10'], ['f7', 'f11']],
  ['f{c..a}', ['fa', 'fc'], ['fd']],
  ['{id}.ts', ['{id}.ts'], ['id.ts']],
  ['a}', ['a}'], ['a']],
  ['a]', ['a]'], ['a']],
  ['\\*', ['*', '\\*'], ['a']],
  ['\\{a,b\\}', ['{a,b}'], ['a']],
  ['a\\', ['a\\'], ['a']],
  ['a+(b|c)', ['a+(b|c)'], ['ab', 'abb']],
  ['@(a)', ['@(a)'], ['a']],
  ['!(a)', ['!(a)'], ['b']],
  ['!a', ['!a'], ['b', 'a']],
  ['(a', ['(a'], ['a']],
  ['*(final)*', ['Report (final).md', '(final)'], ['final', 'Report.md']],
  ['Report (final).md', ['Report (final).md'], ['Report final.md']],
  ['[...slug].tsx', ['[...slug].tsx', 's.tsx'], ['slug.tsx']],
  ['[[...all]].tsx', ['[[...all]].tsx'], ['all.tsx']],
  ['app/(auth)/page.tsx', ['app/(auth)/page.tsx'], ['app/auth/page.tsx']],
  ['app/[slug]/*.tsx', ['app/[slug]/a.tsx', 'app/s/a.tsx'], ['app/slug/a.tsx']],
  ['[...slug].*', ['[...slug].tsx', 's.tsx'], ['slug.tsx']],
  ['a/{b,c/d}/e', ['a/b/e', 'a/c/d/e', 'a/{b,c/d}/e'], ['a/c/e']],
  ['src/*.ts', ['src/a.ts'], ['src/a/b.ts', 'a.ts']],
  ['src/**/*.ts', ['src/a.ts', 'src/a/b/c.ts'], ['src/a.js', 'xsrc/a.ts']],
  ['**/deep/**', ['deep/a', 'x/deep/a/b', 'deep'], ['xdeep/a', 'deeper/a']],
  ['a/**/b', ['a/b', 'a/x/y/b'], ['ab', 'a/xb', 'xa/b']],
  ['a/b**', ['a/b', 'a/bcd'], ['a/b/c']],
  ['a/***/b', ['a/b', 'a/x/b'], []],
  ['a//b', ['a/b'], ['ab']],
  ['a/./b', ['a/b'], []],
  ['./a/b', ['a/b'], []],
  ['caf\u00e9*', ['caf\u00e9.txt'], ['cafe.txt']],
  ['**', ['a\nb/c', 'a\u2028b', 'a\r/b'], []],
  ['**/*.ts', ['a\nb/c.ts', 'a\u2029/b\r/c.ts', 'c.ts'], ['a\nb/c.js']],
  ['a/**', ['a/b\nc/d'], ['b/a']],
  [
    'Shot 1.00 PM.png',
    ['Shot 1.00\u202fPM.png', 'Shot 1.00 PM.png'],
    ['Shot 1.00_PM.png', 'Shot 1.00PM.png'],
  ],
  ['* PM.png', ['Shot\u202fPM.png', 'a\u00a0PM.png'], ['aPM.png']],
  ['dir x/*', ['dir\u00a0x/a'], ['dirx/a']],
  ['cafe\u0301*', ['caf\u00e9.txt'], ['cafe.txt']],
];

test('a pattern finds what it means, and what is called so', () => {
  for (const [pattern, found, others] of table) {
    const { expression, problem } = globPattern(pattern, 'linux');
    assert.is(problem, undefined, pattern);
    for (const name of found) assert.ok(expression.test(name), `${pattern} finds ${name}`);
    for (const name of others) assert.not.ok(expression.test(name), `${pattern} does not find ${name}`);
  }
});

test('a bracket that is not closed finds what is called so, and says how it is written', () => {
  const table: Readonly<Record<string, string>> = {
    '{a': '[{]',
    '{a,b': '[{]',
    'x/{a,{b}': '[{]',
    '[a': '[[]',
    '[]': '[[]',
    '[!]': '[[]',
    '[a/b]': '[[]',
    '{[}': '[[]',
    '[z-a]': '[[]',
  };
  for (const [pattern, instead] of Object.entries(table)) {
    const { expression, problem } = globPattern(pattern, 'linux');
    assert.ok(expression.test(pattern), pattern);
    assert.is(problem?.code, 'search.pattern-invalid', pattern);
    assert.ok(problem?.message.includes(`write "${instead}"`), problem?.message);
    const escaped = pattern.replace(/[[{]/, (bracket) => `[${bracket}]`);
    if (!escaped.slice(3).match(/[[{]/)) assert.is(globPattern(escaped, 'linux').problem, undefined, escaped);
  }
});

test('brackets that stand for nothing find what is called so, and say what is wrong', () => {
  for (const [pattern, wrong] of [
    ['[!/]*.md', 'a "/" in brackets stands for nothing'],
    ['[[:nope:]].md', '"[:nope:]" is no set of characters; there are alpha, digit'],
    ['[a[:constructor:]]', '"[:constructor:]" is no set'],
  ] as const) {
    const { itself, problem } = globPattern(pattern, 'linux');
    assert.ok(itself.test(pattern), pattern);
    assert.ok(problem?.message.includes(wrong), problem?.message);
  }
});

/** Each once took seconds to read, while nobody else was served. */
const tooMuch: readonly (readonly [string, RegExp])[] = [
  ['{a,b}'.repeat(11), /more than 1000/],
  ['{1..99999}', /more than 1000/],
  [`{${'{1..1000},'.repeat(80)}}`, /more than 1000/],
  [`{0..9}{0..9}{0..9}${'x'.repeat(990)}`, /too much text/],
  [`${'x'.repeat(990)}{0..9}{0..9}{0..9}`, /too much text/],
  [`{0..9}{0..9}{0..9}/${'a/'.repeat(490)}`, /too much text/],
  [`{0..9}{0..9}{0..9}${'[a-z]'.repeat(190)}`, /too much text/],
  [`{0..9}{0..9}${'[[:alnum:][:punct:]]'.repeat(50)}`, /too much text/],
  ['{'.repeat(500), /more than 32 braces/],
  ['{'.repeat(500) + '}'.repeat(500), /more than 32 braces/],
];

test('braces and brackets that stand for too much are refused', () => {
  for (const [pattern, message] of tooMuch)
    assert.match(globPattern(pattern, 'linux').problem?.message ?? '', message, pattern.slice(0, 40));
});

test('braces and brackets that stand for much are taken', () => {
  for (const pattern of [
    `{0..9}{0..9}{0..9}${'x'.repeat(40)}`,
    `{${'a,'.repeat(500)}}`,
    '[[:alpha:]]'.repeat(90),
    `${'{a,'.repeat(32)}b${'}'.repeat(32)}`,
  ])
    assert.is(globPattern(pattern, 'linux').problem, undefined, pattern.slice(0, 40));
});

test('case does not count where it is told so', () => {
  assert.ok(globPattern('SRC/*.Ts', 'linux', false).expression.test('src/a.tS'));
});

test('case does not count on Windows, as it does not for git there', () => {
  for (const [platform, isFound] of [
    ['windows', true],
    ['macos', false],
    ['linux', false],
  ] as const) {
    const { expression, itself, foldsCase } = globPattern('SRC/Caf\u00c9*.Ts', platform);
    assert.is(expression.test('src/caf\u00e9.tS'), isFound, platform);
    assert.is(itself.test('src/caf\u00e9*.ts'), isFound, platform);
    assert.is(foldsCase, isFound, platform);
  }
});

test('a slash at its end finds directories, one in it makes it a path', () => {
  const facts = (pattern: string) => {
    const { compares, findsDirectories, depth, base } = globPattern(pattern, 'linux');
    return { compares, findsDirectories, depth, base };
  };
  assert.equal(facts('*.ts'), { compares: 'name', findsDirectories: false, depth: undefined, base: [] });
  assert.equal(facts('src/'), { compares: 'name', findsDirectories: true, depth: undefined, base: [] });
  assert.equal(facts('a/b//'), { compares: 'path', findsDirectories: true, depth: 2, base: ['a'] });
  assert.equal(facts('./src/(a)/*'), {
    compares: 'path',
    findsDirectories: false,
    depth: 3,
    base: ['src', '(a)'],
  });
  assert.equal(facts('src/{a,b}/x').base, ['src']);
  assert.equal(facts('[a]/x').base, []);
});

test('a pattern counts levels only where nothing in it can reach deeper', () => {
  const depths = ['a/*/c', 'a/**', 'a/{b,c/d}', 'a/+(b)', 'a/[b]'].map(
    (glob) => globPattern(glob, 'linux').depth,
  );
  assert.equal(depths, [3, undefined, 3, 2, 2]);
});

test('a backslash separates on Windows only', () => {
  assert.ok(globPattern('src\\*.ts', 'windows').expression.test('src/a.ts'));
  assert.not.ok(globPattern('src\\*.ts', 'linux').expression.test('src/a.ts'));
  assert.throws(() => globPattern('a\\..\\b', 'windows'), /climbs/);
});

test('a pattern refuses what climbs, what is absolute, what is empty or endless', () => {
  const refused = {
    climbs: ['..', '../*', 'a/../b', 'a/..', '{a,..}/b', '{..,a}', 'a/{b,..}'],
    absolute: ['/etc/*', '~', '~/x', 'C:/x', 'c:\\x', '\\\\host\\share'],
    'a glob such as': ['', '.', './', './/'],
    'without a NUL': ['a\0b'],
    'at most 1024': ['x'.repeat(1025)],
  };
  for (const [reason, patterns] of Object.entries(refused))
    for (const pattern of patterns)
      assert.throws(
        () => globPattern(pattern, 'linux'),
        refusedWith('search.pattern-invalid', reason),
        JSON.stringify(pattern),
      );
});

test('a pattern takes dots that do not climb', () => {
  for (const glob of ['..a', 'a..', '...', '*..*', '.env', 'a/..b/c', '~x'])
    assert.ok(globPattern(glob, 'linux').expression.test(glob), glob);
});

test.run();
