import { execFileSync, spawn } from 'node:child_process';
import fs, { symlinkSync } from 'node:fs';
import { join, sep } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { SearchTask } from '../../../src/infrastructure/files/search/search-messages.ts';
import type { Work } from '../../../src/infrastructure/files/search/worker/search-work.ts';
import { lookIntoFiles } from '../../../src/infrastructure/files/search/worker/work-on-files.ts';
import { readFolders } from '../../../src/infrastructure/files/search/worker/work-on-folders.ts';
import { TreeFixture } from './tree-fixture.ts';

/** A worker's work on a tree that is no longer the one it was sent to, without the race. */
const test = suite<{ fixture: TreeFixture }>('file tree: a worker meets links');
test.before.each((context) => {
  context.fixture = new TreeFixture();
});
test.after.each(({ fixture }) => fixture.remove());

function workIn(root: string): Work {
  const content = { line: /needle/, text: /needle/gm, contextLines: 0, limit: 10 };
  const task: SearchTask = {
    id: 1,
    root,
    above: [],
    glob: /^/,
    itself: /^$/,
    comparesPath: false,
    comparesForms: false,
    findsDirectories: false,
    includeIgnored: false,
    content,
  };
  const settings = {
    clock: new Float64Array(2),
    isLinux: process.platform === 'linux',
    foldsCase: false,
    separator: sep,
    maxFolders: 128,
    maxFileBytes: 1 << 20,
    maxLineLength: 500,
  };
  return { fs, settings, task, literal: undefined, buffer: Buffer.alloc(1024), matching: 0 };
}

test('a folder reached by a link, at its end or on its way, is not read', ({ fixture }) => {
  fixture.write({ 'sub/secret': 'needle' }, fixture.outside);
  symlinkSync(fixture.outside, join(fixture.inside, 'link'));
  const work = workIn(fixture.inside);
  const failures = ['link/', 'link/sub/'].map(
    (path) => readFolders(work, { kind: 'folder', path, levels: 9, isFree: true }).failure,
  );
  assert.equal(failures, ['ENOTDIR', 'ESTALE']);
});

test('a folder that is gone is not read, nor are the rules for it', ({ fixture }) => {
  const gone = join(fixture.inside, 'gone');
  const { failure } = readFolders(workIn(gone), { kind: 'folder', path: '', levels: 9, isFree: true });
  assert.is(failure, 'ENOENT');
});

test('a file reached by a link, at its end or on its way, gives no line', ({ fixture }) => {
  fixture.write({ secret: 'needle' }, fixture.outside);
  fixture.write({ honest: 'needle' });
  symlinkSync(fixture.outside, join(fixture.inside, 'folder'));
  symlinkSync(join(fixture.outside, 'secret'), join(fixture.inside, 'file'));
  const { found, unreadable } = lookIntoFiles(workIn(fixture.inside), {
    kind: 'files',
    path: '',
    names: ['file', 'folder/secret', 'honest'],
  });
  assert.equal(
    found.map(({ file }) => file),
    [2],
  );
  assert.is(unreadable, 2);
});

test('a pipe in the place of a file is not waited for', ({ fixture }) => {
  const pipe = join(fixture.inside, 'pipe');
  execFileSync('mkfifo', [pipe]);
  // This writer comes to whoever waits for one, and fails.
  const writer = spawn('/bin/sh', ['-c', 'sleep 10; echo needle > "$0"', pipe], {
    stdio: 'ignore',
    detached: true,
  });
  try {
    const report = lookIntoFiles(workIn(fixture.inside), { kind: 'files', path: '', names: ['pipe'] });
    assert.equal(report, { found: [], unreadable: 0, binary: 0, tooLarge: 0 });
  } finally {
    process.kill(-(writer.pid as number), 'SIGKILL');
  }
});

test.run();
