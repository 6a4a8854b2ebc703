import { readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf } from '../../support/failure.ts';
import { SwapLoop } from './swap-loop.ts';
import { TreeFixture } from './tree-fixture.ts';

/** With sensitive places in the tree, each directory is decided upon by itself; without, a worker goes on by itself. */
for (const sensitive of [['secrets'], []]) {
  const test = suite<{ fixture: TreeFixture }>(
    `file tree: search by name, ${sensitive.length} sensitive places`,
  );
  test.before.each((context) => {
    context.fixture = new TreeFixture(sensitive);
  });
  test.after.each(({ fixture }) => fixture.remove());

  const files = {
    'index.ts': '',
    'src/app.ts': '',
    'src/App.TS': '',
    'src/deep/er/app.test.ts': '',
    'src/deep/data.json': '',
    'src/.hidden/x.ts': '',
    'docs/app/readme.md': '',
  };

  test('a pattern without a slash finds names at any depth', async ({ fixture }) => {
    fixture.write(files);
    assert.equal(await fixture.found('*.ts'), [
      'index.ts',
      'src/.hidden/x.ts',
      'src/app.ts',
      'src/deep/er/app.test.ts',
    ]);
    assert.equal(await fixture.found('app.*'), ['src/app.ts', 'src/deep/er/app.test.ts']);
    assert.equal(await fixture.found('*.{md,json}'), ['docs/app/readme.md', 'src/deep/data.json']);
    assert.equal(await fixture.found('[!a-z]pp.*'), ['src/App.TS']);
  });

  test('one character is one, whatever form its name has', async ({ fixture }) => {
    const names = ['e\u0301.md', 'caf\u00e9.md', '\u1112\u1161\u11ab.md', 'a.md'];
    fixture.write(Object.fromEntries(names.map((name) => [name, ''])));
    assert.equal(await fixture.found('?.md'), ['a.md', 'e\u0301.md', '\u1112\u1161\u11ab.md']);
    assert.equal(await fixture.found('[[:alpha:]].md'), await fixture.found('?.md'));
    assert.equal(await fixture.found('[!a].md'), ['e\u0301.md', '\u1112\u1161\u11ab.md']);
    assert.equal(await fixture.found('caf?.*'), ['caf\u00e9.md']);
  });

  test('a pattern with a slash is a path below the directory', async ({ fixture }) => {
    fixture.write(files);
    assert.equal(await fixture.found('src/*.ts'), ['src/app.ts']);
    assert.equal(await fixture.found('./src/**/*.ts'), [
      'src/.hidden/x.ts',
      'src/app.ts',
      'src/deep/er/app.test.ts',
    ]);
    assert.equal(await fixture.found('**/deep/**'), ['src/deep/data.json', 'src/deep/er/app.test.ts']);
    assert.equal(await fixture.found('src/deep/data.json'), ['src/deep/data.json']);
    assert.equal(await fixture.found('{docs,src}/*/*.{md,json}'), [
      'docs/app/readme.md',
      'src/deep/data.json',
    ]);
    assert.equal(await fixture.found('*/*.ts'), ['src/app.ts']);
  });

  test('a pattern with a slash at its end finds directories', async ({ fixture }) => {
    fixture.write(files);
    assert.equal(await fixture.found('app/'), ['docs/app/']);
    assert.equal(await fixture.found('src/*/'), ['src/.hidden/', 'src/deep/']);
    assert.equal(await fixture.found('src/deep/er/'), ['src/deep/er/']);
  });

  test('a pattern of another kind that finds nothing is told how to be written', async ({ fixture }) => {
    fixture.write(files);
    assert.match((await fixture.search({ pattern: '.*\\.ts' })).note as string, /not a regular expression/);
    assert.match((await fixture.search({ pattern: '*.ts,*.json' })).note as string, /"\{\*\.js,\*\.ts\}"/);
    fixture.write({ 'a,*.ts': '' });
    for (const pattern of ['*.ts', 'a,*.ts', 'nothing'])
      assert.is((await fixture.search({ pattern })).note, undefined, pattern);
  });

  test('what is called as a pattern looks is found by its name and by its path', async ({ fixture }) => {
    const names = [
      'Report (final).md',
      '[...slug].tsx',
      '[[...all]].tsx',
      '{id}.ts',
      '[draft',
      '{draft',
      '(draft',
      'a*b?.txt',
      '@(x)',
      '!(x)',
      'x{1,2}y',
      '[a-c].md',
      'Screenshot 3.04.05\u202fPM.png',
    ];
    fixture.write(
      Object.fromEntries(names.flatMap((name) => [`app/(auth)/${name}`, name]).map((path) => [path, ''])),
    );
    fixture.write(Object.fromEntries(names.map((name) => [name, ''])));
    for (const name of names) {
      assert.equal(await fixture.found(name), [name, `app/(auth)/${name}`].sort(), name);
      assert.equal(await fixture.found(`app/(auth)/${name}`), [`app/(auth)/${name}`], name);
    }
    assert.equal(await fixture.found('*(final)*'), ['Report (final).md', 'app/(auth)/Report (final).md']);
    assert.equal(await fixture.found('app/(auth)/page.*'), []);
  });

  test('a name is found whatever its spaces and its Unicode form are, in directories too', async ({
    fixture,
  }) => {
    const paths = ['cafe\u0301 x/Shot 1.00\u202fPM.png', 'dir\u00a0x/Shot\u202f2.png', 'new\nline/Icon\r'];
    fixture.write(Object.fromEntries(paths.map((path) => [path, ''])));
    const [first, second, third] = paths as [string, string, string];
    assert.equal(await fixture.found('Shot 1.00 PM.png'), [first]);
    assert.equal(await fixture.found('caf\u00e9 x/* PM.png'), [first]);
    assert.equal(await fixture.found('dir x/*'), [second]);
    assert.equal(await fixture.found('Shot*'), [first, second]);
    assert.equal(await fixture.found('**/Icon?'), [third]);
  });

  test('a folder that is asked for by its name or path is found too', async ({ fixture }) => {
    fixture.write({ 'src/(auth)/page.tsx': '', 'src/[id]/x': '', 'auth/x': '' });
    assert.equal(await fixture.found('(auth)'), ['src/(auth)/']);
    assert.equal(await fixture.found('src/[id]'), ['src/[id]/']);
    assert.equal(await fixture.found('src/(auth)/'), ['src/(auth)/']);
    assert.equal(await fixture.found('auth', { content: 'x' }), []);
    assert.equal(await fixture.found('aut*'), []);
  });

  test('a bracket that is not closed is an error that says how to write it', async ({ fixture }) => {
    fixture.write({ 'a{b': 'needle', 'x[y': '' });
    for (const pattern of ['{a', '[a', 'sub/{a,b', 'x{1,2']) {
      const failure = await failureOf(fixture.search({ pattern }));
      assert.is(failure.code, 'search.pattern-invalid', pattern);
      assert.match(failure.message, /write "\[[[{]\]"/);
    }
    assert.equal(await fixture.found('a[{]b'), ['a{b']);
    assert.equal(await fixture.found('a\\{b'), ['a{b']);
    assert.equal(await fixture.found('x[[]y'), ['x[y']);
    assert.equal(await fixture.found('a{b', { content: 'nothing' }), []);
    assert.equal(await fixture.found('(a'), []);
  });

  test('names in another Unicode form are the same', async ({ fixture }) => {
    fixture.write({ 'cafe\u0301.txt': '', 'caf\u00e9.md': '' });
    for (const pattern of ['caf\u00e9*', 'cafe\u0301*'])
      assert.is((await fixture.found(pattern)).length, 2, pattern);
  });

  test('links that go in a circle are told as such', async ({ fixture }) => {
    symlinkSync('circle', join(fixture.inside, 'circle'));
    const failure = await failureOf(fixture.search({ path: 'circle' }));
    assert.match(failure.message, /circle/);
    assert.equal(await fixture.found('*'), ['circle']);
  });

  test('case counts unless it is told not to', async ({ fixture }) => {
    fixture.write(files);
    assert.equal(await fixture.found('SRC/app.ts'), []);
    assert.equal(await fixture.found('SRC/app.ts', { caseSensitive: false }), ['src/App.TS', 'src/app.ts']);
  });

  test('the limit keeps the first of the order, every time', async ({ fixture }) => {
    const names = Array.from({ length: 40 }, (_, n) => `d${n % 8}/e${n % 4}/f${n}.ts`);
    fixture.write(Object.fromEntries(names.map((name) => [name, ''])));
    const all = await fixture.found('*.ts');
    assert.equal(
      all,
      names.toSorted((a, b) => (a.split('/') < b.split('/') ? -1 : 1)),
    );
    for (const limit of [1, 7, 39]) {
      const report = await fixture.search({ pattern: '*.ts', limit });
      assert.equal(
        report.matches.map(({ path }) => path),
        all.slice(0, limit),
      );
      assert.ok(report.truncated);
    }
    assert.not.ok((await fixture.search({ pattern: '*.ts', limit: 40 })).truncated);
  });

  test('a search goes through deep and wide trees whole and in order', async ({ fixture }) => {
    const names = Array.from(
      { length: 600 },
      (_, n) => `a${n % 3}/b${n % 20}/c${n % 150}/${'d/'.repeat(n % 9)}f${n}.ts`,
    );
    fixture.write(Object.fromEntries(names.map((name) => [name, `line ${name}`])));
    const byComponents = (a: string, b: string) =>
      a.replaceAll('/', '\0') < b.replaceAll('/', '\0') ? -1 : 1;
    assert.equal(await fixture.found('*.ts'), names.toSorted(byComponents));
    assert.equal(await fixture.found('**', { content: '^line' }), names.toSorted(byComponents));
    const directories = new Set(
      names.flatMap((name) => [...name.matchAll(/\//g)].map(({ index }) => name.slice(0, index + 1))),
    );
    assert.equal(await fixture.found('*/', { limit: 10_000 }), [...directories].sort(byComponents));
    const shallow = names.filter((name) => name.split('/').length === 4).sort(byComponents);
    assert.equal(await fixture.found('*/*/*/*.ts'), shallow);
  });

  test('a search finds links by their names and follows none', async ({ fixture }) => {
    fixture.write({ 'secret.ts': '' }, fixture.outside);
    fixture.write({ 'a/b.ts': '' });
    symlinkSync(fixture.outside, join(fixture.inside, 'a/out'));
    symlinkSync(join(fixture.outside, 'secret.ts'), join(fixture.inside, 'link.ts'));
    assert.equal(await fixture.found('*.ts'), ['a/b.ts', 'link.ts']);
    assert.equal(await fixture.found('a/out/*'), []);
  });

  if (sensitive.length > 0)
    test('a search passes sensitive places over and counts them', async ({ fixture }) => {
      fixture.write({ 'secrets/key.ts': '', 'secrets/old/key.ts': '', 'a/key.ts': '' });
      const report = await fixture.search({ pattern: 'key.ts' });
      assert.equal(report.matches, [{ path: 'a/key.ts' }]);
      assert.equal({ ...report.skipped }, { sensitive: 1 });
    });

  test('a search refuses patterns that leave the directory, and directories that are none', async ({
    fixture,
  }) => {
    fixture.write({ file: '' });
    for (const pattern of ['../*', 'a/../../x', '/etc/*', '~/x', '{..,a}/x', ''])
      assert.is((await failureOf(fixture.search({ pattern }))).code, 'search.pattern-invalid', pattern);
    assert.is((await failureOf(fixture.search({ path: 'missing' }))).code, 'file.not-found');
    assert.is((await failureOf(fixture.search({ path: fixture.outside }))).code, 'path.outside');
  });

  test('each of many searches at once finds what it looks for', async ({ fixture }) => {
    const folders = Array.from({ length: 10 }, (_, n) => `d${n}`);
    fixture.write(Object.fromEntries(folders.flatMap((d) => folders.map((name) => [`${d}/${name}.ts`, '']))));
    const found = await Promise.all(folders.map((name) => fixture.found(`${name}.ts`)));
    for (const [at, name] of folders.entries())
      assert.equal(
        found[at],
        folders.map((folder) => `${folder}/${name}.ts`),
      );
  });

  if (process.platform === 'linux')
    test('a search leaves no directory and no file open', async ({ fixture }) => {
      fixture.write({ ...files, 'src/.gitignore': 'x\n' });
      const open = () => readdirSync('/proc/self/fd').length;
      await fixture.found('**', { content: '.' });
      const before = open();
      for (let n = 0; n < 3; n++) await fixture.found('**', { content: '.' });
      assert.ok(open() <= before, 'those of earlier tests may close late');
    });

  test('a search stops when nobody waits any more', async ({ fixture }) => {
    fixture.write({ 'a/b': '' });
    const reason = new Error('cancelled');
    assert.is(await failureOf(fixture.search({}, AbortSignal.abort(reason))), reason);
    const controller = new AbortController();
    const search = failureOf(fixture.search({}, controller.signal));
    controller.abort(reason);
    assert.is(await search, reason);
  });

  test('a search shows nothing of another directory while a link alternates with a folder', async ({
    fixture,
  }) => {
    fixture.write({ 'secret.txt': '' }, fixture.outside);
    fixture.write({ 'a/honest.txt': '' });
    const loop = new SwapLoop(join(fixture.inside, 'a'), fixture.outside, join(fixture.root, 'aside'));
    const found = new Set<string>();
    for (let round = 0; round < 1000; round++)
      for (const path of await fixture.found('*.txt')) found.add(path);
    await loop.stop();
    assert.equal([...found], ['a/honest.txt']);
  });

  test.run();
}
