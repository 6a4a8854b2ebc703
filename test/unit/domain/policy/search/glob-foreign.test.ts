import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { foreignGlob } from '../../../../../src/domain/policy/search/glob-foreign.ts';

const test = suite('glob of another kind');

// [pattern, what is said of it]
for (const [pattern, instead] of [
  ['.*\\.java', 'not a regular expression'],
  ['.*src.*', 'not a regular expression'],
  ['^src/', 'not a regular expression'],
  ['src/.*\\.ts$', 'not a regular expression'],
  ['\\d+.log', 'not a regular expression'],
  ['test_.+', 'not a regular expression'],
  ['*.(js|ts)', 'not a regular expression'],
  ['["*.ts"]', 'not a list'],
  ['*.ts,*.js', '{*.js,*.ts}'],
  ['*.ts, *.js', '{*.js,*.ts}'],
  ['*.ts|*.js', '{*.js,*.ts}'],
  ['*.ts;*.js', '{*.js,*.ts}'],
  ['*.ts *.js', '{*.js,*.ts}'],
  ['!(a).txt', 'extended globs'],
  ['+(a).txt', 'extended globs'],
  ['!*.ts', '"!" at the front'],
  ['"*.ts"', 'quotes'],
  ["'*.ts'", 'quotes'],
  [' *.ts', 'blanks'],
  ['*.ts\n', 'blanks'],
  ['src\\main.ts', 'parted by "/"'],
  ['src\\**', 'parted by "/"'],
  ['*(final)*', 'extended globs'],
] as const)
  test(`${JSON.stringify(pattern)} was meant otherwise`, () =>
    assert.match(foreignGlob(pattern, 'linux') ?? '', instead));

for (const pattern of [
  '*.ts',
  '**/*.{js,ts}',
  '{*.js, *.ts}',
  '.*',
  '.*rc',
  'README.*',
  'a b.txt',
  'a,b.txt',
  'app/(auth)/*',
  '[...slug].tsx',
  '$id.ts',
  '[!a-z]*',
  'C++',
])
  test(`${pattern} is one of here`, () => assert.is(foreignGlob(pattern, 'linux'), undefined));

test('on Windows a backslash separates', () => assert.is(foreignGlob('src\\main.ts', 'windows'), undefined));

test.run();
