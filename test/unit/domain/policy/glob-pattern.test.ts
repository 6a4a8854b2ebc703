import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { globPattern } from '../../../../src/domain/policy/glob-pattern.ts';

const test = suite('glob pattern');

test('without a slash it compares names, with one paths', () => {
  assert.equal(globPattern('*.ts', 'linux'), { glob: '*.ts', compares: 'name', findsDirectories: false });
  assert.equal(globPattern('**/*.ts', 'linux'), {
    glob: '**/*.ts',
    compares: 'path',
    findsDirectories: false,
  });
  assert.equal(globPattern('./src/*', 'linux'), {
    glob: 'src/*',
    compares: 'path',
    findsDirectories: false,
    depth: 2,
  });
});

test('a slash at its end finds directories', () => {
  assert.equal(globPattern('src/', 'linux'), { glob: 'src', compares: 'name', findsDirectories: true });
  assert.equal(globPattern('a/b//', 'linux'), {
    glob: 'a/b',
    compares: 'path',
    findsDirectories: true,
    depth: 2,
  });
});

test('counts levels only where nothing in it can reach deeper', () => {
  const depths = ['a/*/c', 'a/**', 'a/{b,c/d}', 'a/+(b)', 'a/[/]'].map(
    (glob) => globPattern(glob, 'linux').depth,
  );
  assert.equal(depths, [3, undefined, undefined, undefined, undefined]);
});

test('a backslash separates on Windows only', () => {
  assert.is(globPattern('src\\*.ts', 'windows').glob, 'src/*.ts');
  assert.is(globPattern('src\\*.ts', 'linux').glob, 'src\\*.ts');
  assert.throws(() => globPattern('a\\..\\b', 'windows'), /climbs/);
});

test('refuses what climbs, what is absolute, what is empty or endless', () => {
  const refused = {
    climbs: ['..', '../*', 'a/../b', 'a/..', '{a,..}/b', '{..,a}', '@(..|a)/b'],
    absolute: ['/etc/*', '~', '~/x', 'C:/x', 'c:\\x', '\\\\host\\share'],
    'a glob such as': ['', '.', './', './/'],
    'without a NUL': ['a\0b'],
    'at most 1024': ['x'.repeat(1025)],
  };
  for (const [reason, patterns] of Object.entries(refused))
    for (const pattern of patterns)
      assert.throws(
        () => globPattern(pattern, 'linux'),
        (error: { code: string; message: string }) =>
          error.code === 'search.pattern-invalid' && error.message.includes(reason),
        JSON.stringify(pattern),
      );
});

test('takes dots that do not climb', () => {
  for (const glob of ['..a', 'a..', '...', '*..*', '.env', 'a/..b/c', '~x'])
    assert.is(globPattern(glob, 'linux').glob, glob);
});

test.run();
