import { mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PathGrant } from '../../../src/application/ports/path-grants.ts';
import { PathGuard } from '../../../src/infrastructure/files/guard/path-guard.ts';
import { codeOf, refusalOf } from '../../support/failure.ts';
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

// Names of Windows are ordinary names here, of what is in the working directory: one that is found shows that somebody looked.
const asOnWindows = async (desk: FilesDesk, use: (guard: PathGuard, grant: PathGrant) => Promise<void>) => {
  const guard = new PathGuard({
    platform: 'win32',
    homeDirectory: undefined,
    environment: {},
    sensitive: [],
  });
  const before = process.cwd();
  process.chdir(desk.base);
  for (const folder of ['D:\\work', 'D:\\other']) mkdirSync(folder);
  try {
    await use(guard, { directories: [desk.base], advice: '' });
  } finally {
    process.chdir(before);
  }
};

linux('the guard looks at no share of a network that nothing is allowed on', async ({ desk }) => {
  await asOnWindows(desk, async (guard, grant) => {
    const elsewhere = { directories: ['C:\\work'], advice: '' };
    assert.is(await codeOf(guard.enter('D:\\', elsewhere)), 'path.outside');
    writeFileSync('\\\\server\\share\\a', '');
    assert.is(await codeOf(guard.enter('\\\\server\\share\\a', grant)), 'path.outside');
    const share = { directories: ['\\\\SERVER\\share\\', desk.base], advice: '' };
    assert.is(
      (await guard.enter('\\\\server\\share\\a', share)).real,
      join(desk.base, '\\\\server\\share\\a'),
    );
  });
});

// A clone, or an archive, can hold such a link: to follow it tells that server the user's name and a hash of the password.
for (const [target, path] of [
  ['\\\\server\\share\\a', 'D:\\work\\link'],
  ['\\\\server\\share\\a', 'D:\\work\\again'],
  ['\\\\?\\UNC\\server\\share\\a', 'D:\\work\\link'],
  ['\\\\.\\pipe\\a', 'D:\\work\\link'],
  ['\\\\server\\share', 'D:\\work\\link\\a'],
] as const)
  linux(`the guard does not go to ${target} by ${path}`, async ({ desk }) => {
    await asOnWindows(desk, async (guard, grant) => {
      symlinkSync(target, 'D:\\work\\link');
      symlinkSync('D:\\work\\link', 'D:\\work\\again');
      for (const behind of new Set([target, '\\\\server\\share\\a', 'D:\\work\\link\\a']))
        writeFileSync(behind, '');
      assert.is(await codeOf(guard.enter(path, grant)), 'path.outside');
    });
  });

linux('the guard goes by a link to a share that something is allowed on', async ({ desk }) => {
  await asOnWindows(desk, async (guard, grant) => {
    symlinkSync('\\\\server\\SHARE\\a', 'D:\\work\\link');
    writeFileSync('\\\\server\\SHARE\\a', '');
    const share = { directories: ['\\\\server\\share', ...grant.directories], advice: '' };
    assert.is((await guard.enter('D:\\work\\link', share)).real, join(desk.base, '\\\\server\\SHARE\\a'));
  });
});

linux('links of Windows lead where they say, and round in circles', async ({ desk }) => {
  await asOnWindows(desk, async (guard, grant) => {
    writeFileSync('D:\\other\\a', '');
    symlinkSync('..\\other\\', 'D:\\work\\link');
    symlinkSync('\\work\\pong', 'D:\\work\\ping');
    symlinkSync('D:\\work\\ping', 'D:\\work\\pong');
    assert.is((await guard.enter('D:\\work\\link\\a', grant)).real, join(desk.base, 'D:\\other\\a'));
    const { message } = await refusalOf(
      guard.enter('D:\\work\\ping\\x', { ...grant, directories: ['D:\\work'] }),
    );
    assert.match(message, 'its links go in a circle');
  });
});

if (process.platform === 'linux') linux.run();
