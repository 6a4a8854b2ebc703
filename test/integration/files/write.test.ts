import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { codeOf } from '../../support/failure.ts';
import { FilesDesk, platforms } from './files-desk.ts';

const NOBODY = 65_534;

/** Without the rights of root, which would find nothing denied. */
async function asNobody(work: () => Promise<void>): Promise<void> {
  process.seteuid?.(NOBODY);
  try {
    await work();
  } finally {
    process.seteuid?.(0);
  }
}

for (const platform of platforms) {
  const test = suite<{ desk: FilesDesk }>(`files: write, as on ${platform}`);

  test.before.each((context) => {
    context.desk = new FilesDesk(platform);
    writeFileSync(join(context.desk.inside, 'a.txt'), 'old');
    writeFileSync(join(context.desk.outside, 'secret.txt'), 'outside');
  });
  test.after.each(({ desk }) => desk.clear());

  const content = (desk: FilesDesk, name: string) => readFileSync(join(desk.inside, name), 'utf8');

  test('the adapter makes a file', async ({ desk }) => {
    const path = join(desk.inside, 'new.txt');
    const report = await desk.write(path, 'new é');
    assert.equal(report, { path, bytesWritten: 6, created: true, atomic: true });
    assert.is(content(desk, 'new.txt'), 'new é');
    assert.equal(readdirSync(desk.inside).sort(), ['a.txt', 'home', 'new.txt']);
  });

  test('the adapter gives a new file the permissions that any program would', async ({ desk }) => {
    const before = process.umask(0o027);
    try {
      await desk.write('new', 'x');
      await desk.write('made', 'x', { mode: 'create' });
      await desk.write('grown', 'x', { mode: 'append' });
    } finally {
      process.umask(before);
    }
    for (const name of ['new', 'made', 'grown'])
      assert.is(statSync(join(desk.inside, name)).mode & 0o777, 0o640, name);
  });

  test('the adapter replaces a file by a new one with its permissions', async ({ desk }) => {
    const path = join(desk.inside, 'a.txt');
    chmodSync(path, 0o6604); // who sets a user's id gives its content away; the kernel drops these bits, too
    const { ino } = statSync(path);
    assert.equal(await desk.write('a.txt', 'new'), { path, bytesWritten: 3, created: false, atomic: true });
    assert.is(content(desk, 'a.txt'), 'new');
    assert.is(statSync(path).mode & 0o7777, 0o604);
    assert.is.not(statSync(path).ino, ino);
    assert.equal(readdirSync(desk.inside).sort(), ['a.txt', 'home']);
  });

  test('the adapter writes nothing through a hard link', async ({ desk }) => {
    linkSync(join(desk.outside, 'secret.txt'), join(desk.inside, 'hard'));
    await desk.write('hard', 'new');
    assert.is(readFileSync(join(desk.outside, 'secret.txt'), 'utf8'), 'outside');
    assert.is(content(desk, 'hard'), 'new');
  });

  test('the adapter replaces what a link leads to, and leaves the link', async ({ desk }) => {
    symlinkSync('../a.txt', join(desk.home, 'link'));
    const report = await desk.write('home/link', 'new');
    assert.is(report.path, join(desk.home, 'link'));
    assert.is(content(desk, 'a.txt'), 'new');
    assert.is(readlinkSync(join(desk.home, 'link')), '../a.txt');
  });

  test('the adapter makes what a dangling link leads to, if that is inside', async ({ desk }) => {
    symlinkSync('../made.txt', join(desk.home, 'link'));
    symlinkSync(join(desk.outside, 'made.txt'), join(desk.home, 'out'));
    assert.is((await desk.write('home/link', 'new')).created, true);
    assert.is(content(desk, 'made.txt'), 'new');
    for (const mode of ['overwrite', 'create', 'append'] as const)
      assert.is(await codeOf(desk.write('home/out', 'new', { mode })), 'path.outside');
    assert.not(existsSync(join(desk.outside, 'made.txt')));
  });

  test('the adapter creates only what is not there', async ({ desk }) => {
    assert.equal(await desk.write('new', 'x', { mode: 'create' }), {
      path: join(desk.inside, 'new'),
      bytesWritten: 1,
      created: true,
      atomic: true,
    });
    symlinkSync('a.txt', join(desk.inside, 'link'));
    for (const path of ['new', 'a.txt', 'link'])
      assert.is(await codeOf(desk.write(path, 'y', { mode: 'create' })), 'file.exists');
    assert.is(content(desk, 'a.txt'), 'old');
    assert.is(content(desk, 'new'), 'x');
  });

  test('of many that create the same file one wins, and its content stands', async ({ desk }) => {
    for (let round = 0; round < 5; round++) {
      const path = `race-${round}`;
      const results = await Promise.allSettled(
        Array.from({ length: 8 }, (_, n) => desk.write(path, `writer ${n}`, { mode: 'create' })),
      );
      const winners = results.flatMap(({ status }, n) => (status === 'fulfilled' ? [n] : []));
      assert.is(winners.length, 1);
      assert.is(content(desk, path), `writer ${winners[0]}`);
    }
    assert.equal(
      readdirSync(desk.inside).filter((name) => name.endsWith('.tmp')),
      [],
    );
  });

  test('of many that overwrite and append none loses a byte', async ({ desk }) => {
    await Promise.all(Array.from({ length: 16 }, (_, n) => desk.write('log', `${n}\n`, { mode: 'append' })));
    const lines = content(desk, 'log').trim().split('\n').map(Number);
    assert.equal(
      lines.sort((a, b) => a - b),
      Array.from({ length: 16 }, (_, n) => n),
    );
  });

  test('appends, in place', async ({ desk }) => {
    const { ino } = statSync(join(desk.inside, 'a.txt'));
    const report = await desk.write('a.txt', '+new', { mode: 'append' });
    assert.equal(report, {
      path: join(desk.inside, 'a.txt'),
      bytesWritten: 4,
      created: false,
      atomic: false,
    });
    assert.is(content(desk, 'a.txt'), 'old+new');
    assert.is(statSync(join(desk.inside, 'a.txt')).ino, ino);
    assert.is((await desk.write('fresh', 'x', { mode: 'append' })).created, true);
  });

  test('the adapter makes missing directories only if told to', async ({ desk }) => {
    assert.is(await codeOf(desk.write('x/y/z.txt', 'new')), 'file.not-found');
    assert.not(existsSync(join(desk.inside, 'x')));
    await desk.write('x/y/z.txt', 'new', { createDirectories: true });
    assert.is(content(desk, 'x/y/z.txt'), 'new');
    assert.is(
      await codeOf(desk.write('a.txt/y/z.txt', 'new', { createDirectories: true })),
      'file.not-directory',
    );
    assert.is(
      await codeOf(desk.write('../outside/n/z.txt', 'new', { createDirectories: true })),
      'path.outside',
    );
    assert.is(await codeOf(desk.write('~/.ssh/z', 'new', { createDirectories: true })), 'path.sensitive');
    assert.equal(readdirSync(desk.outside), ['secret.txt']);
    assert.equal(readdirSync(desk.home), []);
  });

  test('the adapter makes no directories through links to the outside', async ({ desk }) => {
    symlinkSync(desk.outside, join(desk.inside, 'folder'));
    symlinkSync(join(desk.outside, 'nothing'), join(desk.inside, 'dangling'));
    for (const path of ['folder/n/x', 'folder/x', 'dangling/x'])
      assert.is(await codeOf(desk.write(path, 'new', { createDirectories: true })), 'path.outside');
    assert.equal(readdirSync(desk.outside), ['secret.txt']);
  });

  test('the adapter refuses sensitive places, there or not, and anything but files', async ({ desk }) => {
    execFileSync('mkfifo', [join(desk.inside, 'fifo')]);
    mkdirSync(join(desk.home, '.docker'));
    for (const mode of ['overwrite', 'create', 'append'] as const) {
      for (const path of ['~/.docker/config.json', '~/.npmrc', 'server.db'])
        assert.is(await codeOf(desk.write(path, 'x', { mode })), 'path.sensitive');
      for (const path of ['fifo', 'home', '.'])
        assert.is(await codeOf(desk.write(path, 'x', { mode })), 'file.not-regular');
      assert.is(await codeOf(desk.write(join(desk.outside, 'secret.txt'), 'x', { mode })), 'path.outside');
    }
    assert.is(readFileSync(join(desk.outside, 'secret.txt'), 'utf8'), 'outside');
  });

  test('a dry run checks all of it and touches nothing', async ({ desk }) => {
    const dry = { dryRun: true, createDirectories: true } as const;
    assert.equal(await desk.write('a.txt', 'new', dry), {
      path: join(desk.inside, 'a.txt'),
      bytesWritten: 0,
      created: false,
      atomic: true,
    });
    assert.is((await desk.write('x/y', 'new', dry)).created, true);
    assert.is((await desk.write('a.txt', 'new', { ...dry, mode: 'append' })).atomic, false);
    assert.is(await codeOf(desk.write('a.txt', 'new', { ...dry, mode: 'create' })), 'file.exists');
    assert.is(await codeOf(desk.write('x/y', 'new', { dryRun: true })), 'file.not-found');
    assert.is(await codeOf(desk.write('../x', 'new', dry)), 'path.outside');
    assert.is(content(desk, 'a.txt'), 'old');
    assert.equal(readdirSync(desk.inside).sort(), ['a.txt', 'home']);
  });

  test('a write that nobody waits for any more leaves nothing behind', async ({ desk }) => {
    const aborted = AbortSignal.abort(new Error('gone'));
    try {
      await desk.write('x/y/a.txt', 'new', { createDirectories: true }, aborted);
      assert.unreachable();
    } catch (error) {
      assert.is((error as Error).message, 'gone');
    }
    // At every moment of a write that takes some: either nothing has happened, or all of it has.
    for (let iterations = 1; iterations < 200; iterations += 9) {
      const controller = new AbortController();
      const large = 'n'.repeat(3_000_000);
      const write = desk.write('x/y/a.txt', large, { createDirectories: true }, controller.signal);
      for (let iteration = 0; iteration < iterations; iteration++) await new Promise(setImmediate);
      controller.abort();
      const isDone = await write.then(
        () => true,
        () => false,
      );
      const names = readdirSync(desk.inside, { recursive: true }).map(String).sort();
      const expected = isDone ? ['a.txt', 'home', 'x', 'x/y', 'x/y/a.txt'] : ['a.txt', 'home'];
      if (isDone) assert.is(statSync(join(desk.inside, 'x/y/a.txt')).size, large.length);
      assert.equal(names, expected);
      if (isDone) break;
    }
  });

  test('a reader sees all of the old or all of the new', async ({ desk }) => {
    const texts = ['x', 'y'].map((letter) => letter.repeat(300_000));
    await desk.write('a.txt', texts[0] as string);
    let isWriting = true;
    const reader = (async () => {
      const seen = new Set<string>();
      while (isWriting) {
        seen.add(content(desk, 'a.txt'));
        await new Promise(setImmediate);
      }
      return seen;
    })();
    for (let n = 0; n < 30; n++) await desk.write('a.txt', texts[n % 2] as string);
    isWriting = false;
    for (const text of await reader) assert.ok(texts.includes(text), `torn: ${text.length}`);
  });

  if (process.platform === 'linux')
    test('the adapter leaves no descriptor open, whatever happened', async ({ desk }) => {
      const count = () => readdirSync('/proc/self/fd').length;
      await desk.write('a.txt', 'x');
      const before = count();
      for (const mode of ['overwrite', 'append', 'create'] as const)
        for (const path of ['a.txt', `x/${mode}/y`, 'home', '../outside/secret.txt'])
          await desk.write(path, 'x', { mode, createDirectories: true }).catch(() => undefined);
      assert.is(count(), before);
    });

  test('the adapter keeps the size of names in mind', async ({ desk }) => {
    await desk.write('n'.repeat(255), 'x');
    assert.is(content(desk, 'n'.repeat(255)), 'x');
    assert.is(await codeOf(desk.write('n'.repeat(256), 'x')), 'path.invalid');
  });

  if (process.getuid?.() === 0) {
    test('the adapter keeps the owner', async ({ desk }) => {
      const path = join(desk.inside, 'a.txt');
      chownSync(path, 1234, 4321);
      assert.is((await desk.write('a.txt', 'new')).atomic, true);
      assert.is(lstatSync(path).uid, 1234);
      assert.is(lstatSync(path).gid, 4321);
    });

    test('the adapter writes in place what it could not give back to its owner, and where no new file may be made', async ({
      desk,
    }) => {
      const foreign = join(desk.inside, 'a.txt');
      chmodSync(desk.base, 0o755);
      chmodSync(desk.inside, 0o777);
      chownSync(foreign, 1234, 4321);
      chmodSync(foreign, 0o666);
      const own = join(desk.home, 'own');
      writeFileSync(own, 'old');
      chownSync(own, NOBODY, NOBODY);
      const { ino } = statSync(foreign);
      await asNobody(async () => {
        const dry = await desk.write('a.txt', 'new', { dryRun: true });
        assert.is(dry.atomic, false);
        assert.equal(await desk.write('a.txt', 'new'), {
          path: foreign,
          bytesWritten: 3,
          created: false,
          atomic: false,
        });
        assert.equal(await desk.write('home/own', 'n'), {
          path: own,
          bytesWritten: 1,
          created: false,
          atomic: false,
        });
      });
      assert.is(statSync(foreign).ino, ino);
      assert.is(lstatSync(foreign).uid, 1234);
      assert.is(content(desk, 'a.txt'), 'new');
      assert.is(content(desk, 'home/own'), 'n');
      assert.equal(readdirSync(desk.inside).sort(), ['a.txt', 'home']);
    });

    test('the adapter writes to nothing that may only be read, and makes nothing where it may not', async ({
      desk,
    }) => {
      chmodSync(desk.base, 0o755);
      chmodSync(desk.inside, 0o777);
      const path = join(desk.inside, 'a.txt');
      chownSync(path, NOBODY, NOBODY);
      chmodSync(path, 0o444);
      await asNobody(async () => {
        for (const mode of ['overwrite', 'append'] as const)
          assert.is(await codeOf(desk.write('a.txt', 'new', { mode })), 'file.denied');
        assert.is(await codeOf(desk.write('home/new', 'new')), 'file.denied');
        assert.is(await codeOf(desk.write('home/x/y', 'new', { createDirectories: true })), 'file.denied');
        chmodSync(path, 0o000);
        assert.is(await codeOf(desk.read('a.txt')), 'file.denied');
      });
      chmodSync(path, 0o444);
      assert.is(content(desk, 'a.txt'), 'old');
      assert.equal(readdirSync(desk.home), []);
    });
  }

  test.run();
}
