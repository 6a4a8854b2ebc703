import { mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PathGuard } from '../../../src/infrastructure/files/guard/path-guard.ts';
import { codeOf } from '../../support/failure.ts';
import { FilesDesk, platforms } from './files-desk.ts';

/** Changes of a path between its check and its opening, each step where a race would put it. */
for (const platform of platforms) {
  const test = suite<{ desk: FilesDesk; handle: FileHandle }>(`path guard, as on ${platform}`);

  test.before.each((context) => {
    context.desk = new FilesDesk(platform);
    writeFileSync(join(context.desk.inside, 'a.txt'), 'inside');
    writeFileSync(join(context.desk.inside, 'b.txt'), 'inside');
    writeFileSync(join(context.desk.outside, 'secret.txt'), 'outside');
  });
  test.after.each(async ({ desk, handle }) => {
    await handle?.close();
    desk.clear();
  });

  test('what was opened is where it was let through', async (context) => {
    const { guard, grant, inside } = context.desk;
    const entered = await guard.enter('a.txt', grant);
    context.handle = await open(entered.real);
    assert.is(await guard.verifyOpened(context.handle, grant, entered), join(inside, 'a.txt'));
  });

  test('what was opened outside is refused, though the path leads inside again', async (context) => {
    const { guard, grant, outside } = context.desk;
    const entered = await guard.enter('a.txt', grant);
    context.handle = await open(join(outside, 'secret.txt'));
    const refused = await codeOf(guard.verifyOpened(context.handle, grant, entered));
    assert.is(refused, platform === 'linux' ? 'path.outside' : 'file.failed');
  });

  test('what was opened outside is refused while the path leads there', async (context) => {
    const { guard, grant, inside, outside } = context.desk;
    const entered = await guard.enter('a.txt', grant);
    unlinkSync(join(inside, 'a.txt'));
    symlinkSync(join(outside, 'secret.txt'), join(inside, 'a.txt'));
    context.handle = await open(entered.real);
    assert.is(await codeOf(guard.verifyOpened(context.handle, grant, entered)), 'path.outside');
  });

  test('what was opened in a sensitive place is refused', async (context) => {
    const { guard, grant, inside, database } = context.desk;
    writeFileSync(database, 'rows');
    const entered = await guard.enter('a.txt', grant);
    unlinkSync(join(inside, 'a.txt'));
    symlinkSync(database, join(inside, 'a.txt'));
    context.handle = await open(entered.real);
    assert.is(await codeOf(guard.verifyOpened(context.handle, grant, entered)), 'path.sensitive');
  });

  test('the guard follows a sensitive place to where it leads by now', async ({ desk }) => {
    const { inside, home } = desk;
    const environment = { KUBECONFIG: join(home, 'kube') };
    const guard = new PathGuard({ platform, homeDirectory: home, environment, sensitive: [] });
    symlinkSync(join(inside, 'b.txt'), join(home, 'kube'));
    assert.is(await codeOf(guard.enter('b.txt', desk.grant)), 'path.sensitive');
    assert.is(await codeOf(guard.enter('home/kube', desk.grant)), 'path.sensitive');
    assert.ok(await guard.enter('a.txt', desk.grant));
  });

  test.run();
}

const linux = suite<{ desk: FilesDesk }>('path guard, on Linux');
linux.before.each((context) => {
  context.desk = new FilesDesk();
});
linux.after.each(({ desk }) => desk.clear());

linux('a file that was replaced since it was opened is still where it was', async ({ desk }) => {
  const path = join(desk.inside, 'a.txt');
  writeFileSync(path, 'old');
  const entered = await desk.guard.enter('a.txt', desk.grant);
  const handle = await open(entered.real);
  writeFileSync(`${path}.new`, 'new');
  renameSync(`${path}.new`, path);
  assert.is(await desk.guard.verifyOpened(handle, desk.grant, entered), path);
  await handle.close();
});

linux('a name that ends like the mark of a deleted file is a name', async ({ desk }) => {
  const path = join(desk.inside, 'a (deleted)');
  writeFileSync(path, '');
  const entered = await desk.guard.enter('a (deleted)', desk.grant);
  const handle = await open(entered.real);
  assert.is(await desk.guard.verifyOpened(handle, desk.grant, entered), path);
  await handle.close();
});

// On a file system that tells cases apart, a directory whose name differs in case only is another one.
linux('takes a directory for an allowed one by its identity, not by its spelling', async ({ desk }) => {
  const guard = new PathGuard({
    platform: 'darwin',
    homeDirectory: undefined,
    environment: {},
    sensitive: [],
  });
  const other = join(desk.base, 'INSIDE');
  assert.is(await codeOf(guard.enter(join(other, 'new'), desk.grant)), 'path.outside');
  mkdirSync(other);
  writeFileSync(join(other, 'a'), 'outside');
  assert.is(await codeOf(guard.enter(join(other, 'a'), desk.grant)), 'path.outside');
  rmSync(other, { recursive: true });
  symlinkSync(desk.inside, other);
  const grant = { directories: [other], advice: '' };
  assert.ok(await guard.enter(join(desk.inside, 'new'), grant));
});

// Names of Windows are ordinary names here: a link called like a share shows whether anybody looks.
linux('the guard looks at no share of a network that nothing is allowed on', async ({ desk }) => {
  const guard = new PathGuard({
    platform: 'win32',
    homeDirectory: undefined,
    environment: {},
    sensitive: [],
  });
  const elsewhere = { directories: ['C:\\work'], advice: '' };
  assert.is(await codeOf(guard.enter('D:\\', elsewhere)), 'path.outside');
  writeFileSync(join(desk.inside, 'a'), '');
  symlinkSync(join(desk.inside, 'a'), join(desk.base, '\\\\server\\share\\a'));
  const before = process.cwd();
  process.chdir(desk.base);
  try {
    assert.is(await codeOf(guard.enter('\\\\server\\share\\a', desk.grant)), 'path.outside');
    const share = { directories: ['\\\\SERVER\\share\\', desk.inside], advice: '' };
    assert.is((await guard.enter('\\\\server\\share\\a', share)).real, join(desk.inside, 'a'));
  } finally {
    process.chdir(before);
  }
});

if (process.platform === 'linux') linux.run();
