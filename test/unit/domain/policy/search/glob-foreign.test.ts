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
  ['log\\d\\d.txt', 'not a regular expression'],
  ['test\\w', 'not a regular expression'],
  ['\\bmain', 'not a regular expression'],
  ['main\\.ts', 'not a regular expression'],
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
  ['src\\domain', 'parted by "/"'],
  ['src\\web\\build.ts', 'parted by "/"'],
  ['**\\domain\\*.ts', 'parted by "/"'],
  ['.github\\workflows\\*.yml', 'parted by "/"'],
  ['src\\.github\\workflows', 'parted by "/"'],
  ['**\\.env', 'parted by "/"'],
  ['*(final)*', 'extended globs'],
  ['src/*.py', 'begins at "path"'],
  ['.github/workflows/*.yml', 'begins at "path"'],
  ['app/(auth)/*', 'begins at "path"'],
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
  '**/workflows/*.yml',
  '*1.00 PM*',
  '*my file*',
  'src/',
  '[...slug].tsx',
  '$id.ts',
  '[!a-z]*',
  'C++',
])
  test(`${pattern} is one of here`, () => assert.is(foreignGlob(pattern, 'linux'), undefined));

for (const [pattern, instead] of [
  ['src\\domain', 'begins at "path"'],
  ['src\\main.ts', 'begins at "path"'],
  ['.github\\workflows\\*.yml', 'begins at "path"'],
  ['.*\\.java', 'not a regular expression'],
  ['**\\domain\\*.ts', undefined],
  ['src\\', undefined],
] as const)
  test(`${JSON.stringify(pattern)} is ${instead ? 'told' : 'one of here'} on Windows, where a backslash separates`, () => {
    const told = foreignGlob(pattern, 'windows');
    if (instead === undefined) assert.is(told, undefined);
    else assert.match(told ?? '', instead);
  });

test.run();
