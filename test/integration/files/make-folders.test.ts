import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { makeFolders } from '../../../src/infrastructure/files/write/make-folders.ts';

const test = suite('make folders');

const folder = mkdtempSync(join(tmpdir(), 'tfo-mcp-folders-'));
test.after(() => rmSync(folder, { recursive: true }));

const codeOf = (path: string) =>
  makeFolders(path).then(
    () => 'made',
    ({ code }: NodeJS.ErrnoException) => code,
  );

test('all that are missing are made, for the user alone', async () => {
  assert.is(await codeOf(join(folder, 'a/b/c')), 'made');
  for (const made of ['a', 'a/b', 'a/b/c'])
    if (process.platform !== 'win32') assert.is(statSync(join(folder, made)).mode & 0o777, 0o700, made);
  assert.is(await codeOf(join(folder, 'a/b/c')), 'made', 'one that is there is fine');
});

test('many at once make the same', async () => {
  const made = await Promise.all(Array.from({ length: 20 }, () => codeOf(join(folder, 'x/y/z'))));
  assert.equal(new Set(made), new Set(['made']));
});

test('a file in the way is told as that', async () => {
  writeFileSync(join(folder, 'file'), '');
  symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling'));
  mkdirSync(join(folder, 'real'));
  symlinkSync(join(folder, 'real'), join(folder, 'link'));
  assert.equal(
    await Promise.all(
      ['file', 'file/below', 'dangling', 'link', 'link/below'].map((name) => codeOf(join(folder, name))),
    ),
    ['ENOTDIR', 'ENOTDIR', 'ENOTDIR', 'made', 'made'],
  );
});

if (process.platform === 'linux')
  test('where the system makes nothing and says that nothing is there, it ends', async () => {
    assert.is(await codeOf('/proc/tfo-mcp/a/b'), 'ENOENT');
  });

test.run();
