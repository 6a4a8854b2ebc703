import { execFileSync } from 'node:child_process';
import { rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf } from '../../support/failure.ts';
import { SwapLoop } from './swap-loop.ts';
import { TreeFixture } from './tree-fixture.ts';

const test = suite<{ fixture: TreeFixture }>('file tree: list');
test.before.each((context) => {
  context.fixture = new TreeFixture();
});
test.after.each(({ fixture }) => fixture.remove());

const paths = ({ entries }: { entries: readonly { path: string }[] }) => entries.map(({ path }) => path);

test('the file tree lists names by code unit, with their types, hidden ones too', async ({ fixture }) => {
  fixture.write({ 'b.txt': '', 'B.txt': '', 'a/inner.txt': '', '.hidden': '', é: '' });
  symlinkSync(fixture.outside, join(fixture.inside, 'link'));
  execFileSync('mkfifo', [join(fixture.inside, 'pipe')]);
  assert.equal(await fixture.list(), {
    path: fixture.inside,
    entries: [
      { path: '.hidden', type: 'file' },
      { path: 'B.txt', type: 'file' },
      { path: 'a', type: 'directory' },
      { path: 'b.txt', type: 'file' },
      { path: 'link', type: 'symlink' },
      { path: 'pipe', type: 'other' },
      { path: 'é', type: 'file' },
    ],
    truncated: false,
    unreadable: [],
  });
});

test('the file tree leaves hidden names and all that is below them out where asked', async ({ fixture }) => {
  fixture.write({ '.git/config': '', 'a/.env': '', 'a/b': '' });
  assert.equal(paths(await fixture.list({ includeHidden: false, recursive: true })), ['a', 'a/b']);
});

test('a directory comes before what is in it, siblings whose names begin alike in the order of components', async ({
  fixture,
}) => {
  fixture.write({ 'a/z': '', 'a.txt': '', 'a-b/c': '', 'a/b/c': '' });
  assert.equal(paths(await fixture.list({ recursive: true })), [
    'a',
    'a/b',
    'a/b/c',
    'a/z',
    'a-b',
    'a-b/c',
    'a.txt',
  ]);
});

test('the file tree goes as deep as asked', async ({ fixture }) => {
  fixture.write({ 'a/b/c/d': '' });
  assert.equal(paths(await fixture.list({ recursive: true, maxDepth: 1 })), ['a']);
  assert.equal(paths(await fixture.list({ recursive: true, maxDepth: 2 })), ['a', 'a/b']);
});

test('pages follow on from each other, whatever their size, also when an entry is gone or new', async ({
  fixture,
}) => {
  const names = Array.from({ length: 7 }, (_, n) => `d${n}`);
  fixture.write(Object.fromEntries(names.flatMap((d) => [1, 2, 3].map((n) => [`${d}/f${n}`, '']))));
  const whole = paths(await fixture.list({ recursive: true }));
  assert.is(whole.length, 28);
  for (const limit of [1, 2, 3, 5, 27, 28]) {
    const pages: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await fixture.list({ recursive: true, limit, ...(after !== undefined && { after }) });
      pages.push(...paths(page));
      if (!page.truncated) break;
      assert.is(page.entries.length, limit);
      after = paths(page).at(-1);
    }
    assert.equal(pages, whole, `by ${limit}`);
  }
  rmSync(join(fixture.inside, 'd3/f2'));
  fixture.write({ 'd3/f2a': '' });
  assert.is(paths(await fixture.list({ recursive: true, after: 'd3/f2' }))[0], 'd3/f2a');
});

test('the file tree tells sizes and times of the entries themselves when asked', async ({ fixture }) => {
  fixture.write({ 'a/f.txt': 'twelve bytes' });
  const time = new Date('2024-05-06T07:08:09.000Z');
  utimesSync(join(fixture.inside, 'a/f.txt'), time, time);
  writeFileSync(join(fixture.outside, 'big'), 'x'.repeat(5000));
  symlinkSync(join(fixture.outside, 'big'), join(fixture.inside, 'link'));
  const { entries } = await fixture.list({ recursive: true, details: true });
  assert.equal(entries[1], { path: 'a/f.txt', type: 'file', size: 12, modified: '2024-05-06T07:08:09.000Z' });
  assert.is(entries[2]?.size, join(fixture.outside, 'big').length);
});

test('a directory whose name is no UTF-8 is not entered by the name of another', async ({ fixture }) => {
  execFileSync('sh', ['-c', 'mkdir "$(printf \'d\\377\')"; touch "$(printf \'d\\377/real\')"'], {
    cwd: fixture.inside,
  });
  const alone = await fixture.list({ recursive: true });
  assert.equal([paths(alone), alone.unreadable], [['d\ufffd'], ['d\ufffd']]);
  fixture.write({ 'd\ufffd/twin': 'needle' });
  const both = await fixture.list({ recursive: true });
  assert.equal(
    [paths(both), both.unreadable],
    [
      ['d\ufffd', 'd\ufffd'],
      ['d\ufffd', 'd\ufffd'],
    ],
  );
  for (const request of [{}, { content: 'needle' }]) {
    const { matches, skipped } = await fixture.search({ pattern: 'twin', ...request });
    assert.equal(
      matches.map(({ path }) => path),
      ['d\ufffd/twin'],
    );
    assert.equal(skipped, { unreadable: 1 });
  }
});

test('the file tree follows no link on its way', async ({ fixture }) => {
  fixture.write({ 'secret.txt': '' }, fixture.outside);
  fixture.write({ 'a/b': '' });
  symlinkSync(fixture.outside, join(fixture.inside, 'a/out'));
  symlinkSync('..', join(fixture.inside, 'a/circle'));
  assert.equal(paths(await fixture.list({ recursive: true })), ['a', 'a/b', 'a/circle', 'a/out']);
});

test('the file tree names sensitive places and does not enter them', async ({ fixture }) => {
  fixture.write({ 'secrets/key': '', 'other/key': '' });
  const listing = await fixture.list({ recursive: true, details: true });
  assert.equal(paths(listing), ['other', 'other/key', 'secrets']);
  assert.is(listing.entries[2]?.size, undefined);
  assert.equal(listing.unreadable, ['secrets']);
});

test('the file tree refuses what is no directory, not there, or not allowed', async ({ fixture }) => {
  fixture.write({ file: '' });
  const codes: string[] = [];
  for (const path of ['file', 'missing', '..', fixture.outside, 'secrets'])
    codes.push((await failureOf(fixture.list({ path }))).code);
  assert.equal(codes, [
    'file.not-directory',
    'file.not-found',
    'path.outside',
    'path.outside',
    'path.sensitive',
  ]);
});

test('the file tree stops when nobody waits any more', async ({ fixture }) => {
  fixture.write({ 'a/b': '' });
  const reason = new Error('cancelled');
  assert.is(await failureOf(fixture.list({ recursive: true }, AbortSignal.abort(reason))), reason);
});

test('the file tree shows nothing of another directory while a link alternates with a folder', async ({
  fixture,
}) => {
  fixture.write({ 'secret.txt': '' }, fixture.outside);
  fixture.write({ 'a/honest.txt': '' });
  const loop = new SwapLoop(join(fixture.inside, 'a'), fixture.outside, join(fixture.root, 'aside'));
  const listed = new Set<string>();
  for (let round = 0; round < 1000; round++)
    for (const path of paths(await fixture.list({ recursive: true }))) listed.add(path);
  await loop.stop();
  assert.equal([...listed].sort(), ['a', 'a/honest.txt']);
});

test('the file tree tells sizes of nothing in another directory while a link alternates with a folder', async ({
  fixture,
}) => {
  fixture.write({ same: 'secret' }, fixture.outside);
  fixture.write({ 'a/same': '' });
  const loop = new SwapLoop(join(fixture.inside, 'a'), fixture.outside, join(fixture.root, 'aside'));
  const sizes = new Set<number | undefined>();
  for (let round = 0; round < 1000; round++)
    for (const { type, size } of (await fixture.list({ recursive: true, details: true })).entries)
      if (type === 'file') sizes.add(size);
  await loop.stop();
  assert.not.ok(sizes.has('secret'.length));
});

test('the file tree completes paths as they are spelled', async ({ fixture }) => {
  fixture.write({ 'src/main.ts': '', 'src/map/x': '', 'src/other': '', 'secrets/key': '' });
  const complete = (prefix: string) => fixture.tree.complete(prefix, fixture.grant);
  assert.equal(await complete(`${fixture.inside}/src/ma`), [
    `${fixture.inside}/src/main.ts`,
    `${fixture.inside}/src/map/`,
  ]);
  assert.equal(await complete('src/ma'), ['src/main.ts', 'src/map/']);
  assert.equal(await complete(''), [`${fixture.inside}/`]);
  assert.equal(await complete(`${fixture.inside}/s`), [`${fixture.inside}/src/`]);
  assert.equal(await complete(`${fixture.outside}/`), []);
  assert.equal(await complete(`${fixture.inside}/none/x`), []);
});

test.run();
