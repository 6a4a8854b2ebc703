import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { NodeFileTree } from '../../../src/infrastructure/files/node-file-tree.ts';
import { codeOf } from '../../support/failure.ts';
import { skip } from '../../support/skip.ts';
import { isWine } from '../../support/windows.ts';
import { FilesDesk } from './files-desk.ts';

/**
 * Links of every kind that Windows has, which on other systems are all symbolic links. What Windows makes of junctions only Windows
 * shows: Wine follows none.
 */
const test = suite<{ desk: FilesDesk }>('files: links to directories, and to files');

test.before.each((context) => {
  context.desk = new FilesDesk();
  writeFileSync(join(context.desk.outside, 'secret.txt'), 'secret');
});
test.after.each(({ desk }) => desk.clear());

const onLinks = (name: string, body: (desk: FilesDesk) => Promise<void>) =>
  isWine ? skip(test, 'Windows', name) : test(name, ({ desk }) => body(desk));

/** Refuses everything below a path, and leaves what is there alone. */
async function refuses(desk: FilesDesk, path: string, code: string): Promise<void> {
  const file = join(path, 'secret.txt');
  for (const work of [
    () => desk.read(file),
    () => desk.write(file, 'x'),
    () => desk.write(file, 'x', { mode: 'append' }),
    () => desk.write(join(path, 'new.txt'), 'x'),
    () => desk.write(join(path, 'new', 'new.txt'), 'x', { createDirectories: true }),
    () => desk.files.directory(path, desk.grant),
  ])
    assert.is(await codeOf(work()), code, path);
}

for (const type of ['junction', 'dir'] as const) {
  const name = type === 'junction' ? 'junction' : 'symbolic link to a directory';

  onLinks(`a ${name} leads no further than what is allowed`, async (desk) => {
    symlinkSync(desk.outside, join(desk.inside, 'out'), type);
    symlinkSync(join(desk.inside, 'out'), join(desk.inside, 'further'), type);
    symlinkSync(desk.base, join(desk.inside, 'up'), type);
    for (const path of ['out', 'further', join(desk.inside, 'out'), join('up', 'outside')])
      await refuses(desk, path, 'path.outside');
    assert.equal(readdirSync(desk.outside), ['secret.txt']);
    assert.is(readFileSync(join(desk.outside, 'secret.txt'), 'utf8'), 'secret');
  });

  onLinks(`a ${name} leads to no sensitive place`, async (desk) => {
    mkdirSync(join(desk.home, '.ssh'));
    writeFileSync(join(desk.home, '.ssh', 'secret.txt'), 'secret');
    symlinkSync(join(desk.home, '.ssh'), join(desk.inside, 'keys'), type);
    await refuses(desk, 'keys', 'path.sensitive');
    assert.equal(readdirSync(join(desk.home, '.ssh')), ['secret.txt']);
  });

  onLinks(`a ${name} within what is allowed is followed`, async (desk) => {
    mkdirSync(join(desk.inside, 'real'));
    writeFileSync(join(desk.inside, 'real', 'a.txt'), 'a');
    symlinkSync(join(desk.inside, 'real'), join(desk.inside, 'link'), type);
    assert.is(await desk.read(join('link', 'a.txt')), 'a');
    await desk.write(join('link', 'b.txt'), 'b');
    assert.is(readFileSync(join(desk.inside, 'real', 'b.txt'), 'utf8'), 'b');
  });

  onLinks(`a ${name} is followed by no search and no list`, async (desk) => {
    mkdirSync(join(desk.inside, 'a'));
    symlinkSync(desk.outside, join(desk.inside, 'a', 'out'), type);
    const tree = new NodeFileTree(desk.guard);
    const { signal } = new AbortController();
    const list = { path: '.', recursive: true, includeHidden: true, details: false, limit: 100 };
    const { entries } = await tree.list(list, desk.grant, signal);
    assert.equal(
      entries.map(({ path, type }) => [path.replaceAll('\\', '/'), type]),
      [
        ['a', 'directory'],
        ['a/out', 'symlink'],
        ['home', 'directory'],
      ],
    );
    const search = { path: '.', owners: ['local', 'client'], caseSensitive: true, contextLines: 0 };
    const wanted = { ...search, pattern: 'secret.txt', includeIgnored: true, limit: 100 };
    assert.equal((await tree.search(wanted, desk.grant, signal)).matches, []);
  });
}

onLinks('a symbolic link to a file leads no further than what is allowed', async (desk) => {
  symlinkSync(join(desk.outside, 'secret.txt'), join(desk.inside, 'link.txt'), 'file');
  assert.is(await codeOf(desk.read('link.txt')), 'path.outside');
  assert.is(await codeOf(desk.write('link.txt', 'x')), 'path.outside');
  assert.is(readFileSync(join(desk.outside, 'secret.txt'), 'utf8'), 'secret');
});

test.run();
