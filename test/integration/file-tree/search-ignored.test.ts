import { execFileSync } from 'node:child_process';
import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { TreeFixture } from './tree-fixture.ts';

/** With sensitive places in the tree, each directory is decided upon by itself; without, a worker goes on by itself. */
for (const sensitive of [['secrets'], []]) {
  const test = suite<{ fixture: TreeFixture }>(
    `file tree: search and .gitignore, ${sensitive.length} sensitive places`,
  );
  test.before.each((context) => {
    context.fixture = new TreeFixture(sensitive);
  });
  test.after.each(({ fixture }) => fixture.remove());

  const source = (...paths: string[]) => Object.fromEntries(paths.map((path) => [path, 'needle']));

  test('what .gitignore names is left out, folders unentered, unless it is asked for', async ({
    fixture,
  }) => {
    fixture.write({ '.gitignore': 'node_modules/\n*.log\n/top.ts\n' });
    fixture.write(
      source('a.ts', 'a.log', 'top.ts', 'sub/top.ts', 'node_modules/x.ts', 'sub/node_modules/y.ts'),
    );
    fixture.write(source('.git/objects/z.ts'));
    assert.equal(await fixture.found('*.{ts,log}'), ['a.ts', 'sub/top.ts']);
    assert.equal(await fixture.found('*.{ts,log}', { content: 'needle' }), ['a.ts', 'sub/top.ts']);
    assert.equal(await fixture.found('*.{ts,log}', { includeIgnored: true }), [
      '.git/objects/z.ts',
      'a.log',
      'a.ts',
      'node_modules/x.ts',
      'sub/node_modules/y.ts',
      'sub/top.ts',
      'top.ts',
    ]);
  });

  test('deeper rules win, and can take back', async ({ fixture }) => {
    fixture.write({ '.gitignore': '*.gen\n!keep.gen\n', 'sub/.gitignore': '!*.gen\nkeep.gen\n' });
    fixture.write(source('a.gen', 'keep.gen', 'sub/a.gen', 'sub/keep.gen', 'sub/deep/b.gen'));
    assert.equal(await fixture.found('*.gen'), ['keep.gen', 'sub/a.gen', 'sub/deep/b.gen']);
  });

  test("a repository's rules hold from above and from .git/info/exclude", async ({ fixture }) => {
    fixture.write({ 'repo/.git/info/exclude': '*.tmp\n', 'repo/.gitignore': '/packages/a/out\n' });
    fixture.write(source('repo/packages/a/out/x.ts', 'repo/packages/a/in/x.ts', 'repo/packages/a/x.tmp'));
    const path = join(fixture.inside, 'repo/packages/a');
    assert.equal(await fixture.found('*', { path }), ['in/x.ts']);
    assert.equal(await fixture.found('x.*'), ['repo/packages/a/in/x.ts']);
  });

  test('rules above the allowed directories are not looked at', async ({ fixture }) => {
    fixture.write({ '.git/': '', '.gitignore': '*.ts\n' }, fixture.root);
    fixture.write(source('a.ts'));
    assert.equal(await fixture.found('*.ts'), ['a.ts']);
  });

  test('an ignored directory that is named is searched', async ({ fixture }) => {
    fixture.write({ '.git/': '', '.gitignore': 'node_modules/\n' });
    fixture.write(source('node_modules/pkg/x.ts'));
    const path = join(fixture.inside, 'node_modules/pkg');
    assert.equal(await fixture.found('*.ts', { path }), ['x.ts']);
  });

  test('a repository within another has rules of its own', async ({ fixture }) => {
    fixture.write({ '.git/': '', '.gitignore': '*.log\n', 'inner/.git/': '' });
    fixture.write(source('a.log', 'inner/b.log'));
    assert.equal(await fixture.found('*.log'), ['inner/b.log']);
  });

  test('a .gitignore of more than a mebibyte is not read, nor one that is no file', async ({ fixture }) => {
    fixture.write({ '.git/': '', '.gitignore': `#${'x'.repeat(1024 * 1024)}\n*.ts\n` });
    fixture.write(source('a.ts', 'sub/b.ts'));
    assert.equal(await fixture.found('*.ts'), ['a.ts', 'sub/b.ts']);
    const path = join(fixture.inside, 'sub');
    assert.equal(await fixture.found('*.ts', { path }), ['b.ts']);
    rmSync(join(fixture.inside, '.gitignore'));
    execFileSync('mkfifo', [join(fixture.inside, '.gitignore')]);
    assert.equal(await fixture.found('*.ts'), ['a.ts', 'sub/b.ts']);
    assert.equal(await fixture.found('*.ts', { path }), ['b.ts']);
  });

  test('a .gitignore that is a link is not read', async ({ fixture }) => {
    fixture.write({ rules: '*.ts\n' }, fixture.outside);
    fixture.write(source('a.ts'));
    symlinkSync(join(fixture.outside, 'rules'), join(fixture.inside, '.gitignore'));
    assert.equal(await fixture.found('*.ts'), ['a.ts']);
  });

  test.run();
}
