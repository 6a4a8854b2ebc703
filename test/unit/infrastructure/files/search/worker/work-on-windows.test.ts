import { win32 } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { SearchTask } from '../../../../../../src/infrastructure/files/search/search-messages.ts';
import type { Work } from '../../../../../../src/infrastructure/files/search/worker/search-work.ts';
import { lookIntoFiles } from '../../../../../../src/infrastructure/files/search/worker/work-on-files.ts';

/** Windows opens a path whatever its separators, and tells a real one with "\" only: what is compared has to be spelled so. */
const test = suite('search worker: paths of Windows');

for (const [root, folder, file] of [
  ['C:\\proj', '', 'C:\\proj\\a.txt'],
  ['C:\\proj', 'src/', 'C:\\proj\\src\\a.txt'],
  ['C:\\proj', 'src/deep/er/', 'C:\\proj\\src\\deep\\er\\a.txt'],
  ['C:\\', 'src/', 'C:\\src\\a.txt'],
  ['\\\\server\\share\\proj', 'src/', '\\\\server\\share\\proj\\src\\a.txt'],
  ['\\\\server\\share\\', 'src/', '\\\\server\\share\\src\\a.txt'],
] as const) {
  test(`a search in ${root} finds lines in ${folder}a.txt`, () => {
    const { found, unreadable } = lookIntoFiles(workIn(root, file), {
      kind: 'files',
      path: folder,
      names: ['a.txt'],
    });
    assert.is(unreadable, 0);
    assert.equal(
      found.map(({ text }) => text),
      ['the needle'],
    );
  });
}

/** A worker on a disk with one file. */
function workIn(root: string, file: string): Work {
  const find = (path: string) => {
    assert.is(win32.normalize(path), file);
    return { dev: 1n, ino: 2n, size: 11, isFile: () => true };
  };
  const real = (path: string) => {
    find(path);
    return file;
  };
  const fs = {
    constants: { O_RDONLY: 0 },
    openSync: (path: string) => Number(find(path).ino),
    readSync: (_: number, buffer: Buffer) => buffer.write('the needle\n'),
    fstatSync: () => find(file),
    lstatSync: find,
    realpathSync: { native: real },
    closeSync: () => undefined,
  };
  return {
    fs,
    settings: { separator: '\\', isLinux: false, clock: [0, 0], maxFileBytes: 1024, maxLineLength: 100 },
    task: { root, content: { line: /needle/, contextLines: 0, limit: 10 } } satisfies Partial<SearchTask>,
    buffer: Buffer.alloc(1024),
    matching: 0,
  } as unknown as Work;
}

test.run();
