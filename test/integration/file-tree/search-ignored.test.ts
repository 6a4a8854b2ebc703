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

  test('a search tells whether something was left out, wherever it is', async ({ fixture }) => {
    fixture.write({ '.gitignore': 'build/\n*.log\n', ...source('a.ts', 'sub/build/x.ts', 'sub/a.log') });
    const leavesOut = async (pattern: string, includeIgnored = false) =>
      (await fixture.search({ pattern, includeIgnored })).hasIgnored;
    for (const pattern of ['x.ts', '*.log', 'sub/build/x.ts', 'sub/a.log'])
      assert.is(await leavesOut(pattern), true, pattern);
    assert.is(await leavesOut('*.ts', true), false);
    assert.is(await leavesOut('a.ts/x'), false);
  });

  test('deeper rules win, and can take back', async ({ fixture }) => {
    fixture.write({ '.gitignore': '*.gen\n!keep.gen\n', 'sub/.gitignore': '!*.gen\nkeep.gen\n' });
    fixture.write(source('a.gen', 'keep.gen', 'sub/a.gen', 'sub/keep.gen', 'sub/deep/b.gen'));
    assert.equal(await fixture.found('*.gen'), ['keep.gen', 'sub/a.gen', 'sub/deep/b.gen']);
  });

  test("a repository's rules hold from above and from .git/info/exclude", async ({ fixture }) => {
    fixture.repository('repo');
    fixture.write({ 'repo/.git/info/exclude': '*.tmp\n', 'repo/.gitignore': '/packages/a/out\n' });
    fixture.write(source('repo/packages/a/out/x.ts', 'repo/packages/a/in/x.ts', 'repo/packages/a/x.tmp'));
    const path = join(fixture.inside, 'repo/packages/a');
    assert.equal(await fixture.found('*', { path }), ['in/x.ts']);
    assert.equal(await fixture.found('x.*'), ['repo/packages/a/in/x.ts']);
  });

  test("a repository's rules hold from above the allowed directories, those outside of one do not", async ({
    fixture,
  }) => {
    fixture.write({ '.gitignore': '*.ts\n' }, fixture.root);
    fixture.write(source('a.ts', 'b.js'));
    assert.equal(await fixture.found('*.*'), ['a.ts', 'b.js']);
    fixture.repository('', fixture.root);
    assert.equal(await fixture.found('*.*'), ['b.js']);
  });

  test('a rule takes back what one of a folder above ignores, if the folder itself is not ignored', async ({
    fixture,
  }) => {
    fixture.repository('');
    fixture.write({
      '.gitignore': 'build/\n',
      'web/.gitignore': '!build/\n',
      'lib/build/.gitignore': '!*\n',
    });
    fixture.write(source('web/build/a.js', 'lib/build/a.js'));
    assert.equal(await fixture.found('a.js'), ['web/build/a.js']);
    const path = join(fixture.inside, 'web/build');
    assert.equal(await fixture.found('a.js', { path }), ['a.js']);
  });

  for (const [link, target] of [
    ['.git/info/exclude', '../../excludes/exclude'],
    ['.git/info/exclude', '../mine'],
    ['.git/info', '../excludes'],
  ] as const)
    test(`the rules of a repository are read through the link ${link} to ${target}`, async ({ fixture }) => {
      fixture.repository('');
      fixture.write({ 'excludes/exclude': '*.log\n', '.git/mine': '*.log\n' });
      if (link !== '.git/info') fixture.write({ '.git/info/': '' });
      symlinkSync(target, join(fixture.inside, link));
      fixture.write(source('a.log', 'a.ts'));
      assert.equal(await fixture.found('a.*'), ['a.ts']);
    });

  test('a folder whose .git/HEAD names no branch is no repository', async ({ fixture }) => {
    fixture.repository('');
    for (const name of ['inner', 'linked', 'detached']) fixture.repository(name);
    fixture.write({ '.gitignore': '*.log\n', 'inner/.git/HEAD': 'garbage\n' });
    fixture.write({ 'detached/.git/HEAD': `${'0123456789'.repeat(4)}\n` });
    rmSync(join(fixture.inside, 'linked/.git/HEAD'));
    symlinkSync('refs/heads/none', join(fixture.inside, 'linked/.git/HEAD'));
    fixture.write(source('inner/a.log', 'linked/a.log', 'detached/a.log'));
    assert.equal(await fixture.found('*.log'), ['detached/a.log', 'linked/a.log']);
  });

  test('a folder whose .git is no repository is none', async ({ fixture }) => {
    fixture.repository('');
    fixture.write({ '.gitignore': '*.log\n', 'a/.git/': '', 'b/.git': 'gitdir: ../nowhere\n', 'c/.git': '' });
    fixture.write(source('a/x.log', 'b/x.log', 'c/x.log'));
    assert.equal(await fixture.found('*.log'), []);
  });

  test('a worktree and a submodule have the info/exclude of what their file .git names, and only that', async ({
    fixture,
  }) => {
    fixture.repository('');
    fixture.repository('', join(fixture.outside, 'module'));
    fixture.write({
      '.git/info/exclude': '*.log\n',
      '.git/worktrees/tree/HEAD': 'ref: refs/heads/x\n',
      '.git/worktrees/tree/commondir': '../..\n',
      'tree/.git': 'gitdir: ../.git/worktrees/tree\n',
      'sub/.git': `gitdir: ${fixture.outside}/module/.git\n`,
      'linked/.git': `gitdir: ${fixture.outside}/linked/.git\n`,
      'letter/.git': 'gitdir: c:store/.git\n', // a name as others here
    });
    fixture.repository('letter/c:store');
    fixture.write({ 'letter/c:store/.git/info/exclude': '*.tmp\n' });
    fixture.write({ 'module/.git/info/exclude': '*.tmp\n', secret: '*.ts\n' }, fixture.outside);
    fixture.repository('linked', fixture.outside);
    fixture.write({ 'linked/.git/info/': '' }, fixture.outside);
    symlinkSync(join(fixture.outside, 'secret'), join(fixture.outside, 'linked/.git/info/exclude'));
    const names = ['tree/a.log', 'tree/a.tmp', 'sub/a.log', 'sub/a.tmp', 'linked/a.ts'];
    fixture.write(source(...names, 'letter/a.log', 'letter/a.tmp'));
    assert.equal(await fixture.found('a.*'), ['letter/a.log', 'linked/a.ts', 'sub/a.log', 'tree/a.tmp']);
  });

  test('an ignored directory that is named is searched', async ({ fixture }) => {
    fixture.repository('');
    fixture.write({ '.gitignore': 'node_modules/\n' });
    fixture.write(source('node_modules/pkg/x.ts'));
    const path = join(fixture.inside, 'node_modules/pkg');
    assert.equal(await fixture.found('*.ts', { path }), ['x.ts']);
  });

  test('a repository within another has rules of its own', async ({ fixture }) => {
    fixture.repository('');
    fixture.repository('inner');
    fixture.write({ '.gitignore': '*.log\n' });
    fixture.write(source('a.log', 'inner/b.log'));
    assert.equal(await fixture.found('*.log'), ['inner/b.log']);
  });

  test('a .gitignore of more than a mebibyte is not read, nor one that is no file', async ({ fixture }) => {
    fixture.repository('');
    fixture.write({ '.gitignore': `#${'x'.repeat(1024 * 1024)}\n*.ts\n` });
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
