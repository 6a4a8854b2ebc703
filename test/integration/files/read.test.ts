import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { codeOf, refusalOf } from '../../support/failure.ts';
import { FilesDesk, platforms } from './files-desk.ts';

for (const platform of platforms) {
  const test = suite<{ desk: FilesDesk }>(`files: read, as on ${platform}`);

  test.before.each((context) => {
    context.desk = new FilesDesk(platform);
    writeFileSync(join(context.desk.inside, 'a.txt'), 'inside');
    writeFileSync(join(context.desk.outside, 'secret.txt'), 'outside');
  });
  test.after.each(({ desk }) => desk.clear());

  test('the adapter reads by absolute and by relative path', async ({ desk }) => {
    assert.is(await desk.read(join(desk.inside, 'a.txt')), 'inside');
    assert.is(await desk.read('a.txt'), 'inside');
    assert.is(await desk.read('home/../a.txt'), 'inside');
    writeFileSync(join(desk.home, 'n'), 'home');
    assert.is(await desk.read('~/n'), 'home');
  });

  test('the adapter names the file as the caller did', async ({ desk }) => {
    symlinkSync('a.txt', join(desk.inside, 'link'));
    const file = await desk.files.open('./link', desk.grant);
    await file.close();
    assert.is(file.path, join(desk.inside, 'link'));
    assert.is(file.size, 6);
    assert.match(file.modified, /^\d{4}-\d\d-\d\dT.*Z$/);
  });

  test('the adapter follows links that stay inside, wherever they are', async ({ desk }) => {
    mkdirSync(join(desk.inside, 'sub'));
    symlinkSync('../a.txt', join(desk.inside, 'sub', 'up'));
    symlinkSync(join(desk.inside, 'a.txt'), join(desk.outside, 'back'));
    assert.is(await desk.read('sub/up'), 'inside');
    assert.is(await desk.read(join(desk.outside, 'back')), 'inside');
  });

  test('the adapter refuses what is or leads outside, there or not', async ({ desk }) => {
    symlinkSync(join(desk.outside, 'secret.txt'), join(desk.inside, 'link'));
    symlinkSync(desk.outside, join(desk.inside, 'folder'));
    symlinkSync(join(desk.outside, 'nothing'), join(desk.inside, 'dangling'));
    symlinkSync('folder/secret.txt', join(desk.inside, 'two'));
    for (const path of [
      join(desk.outside, 'secret.txt'),
      join(desk.outside, 'nothing'),
      join(desk.outside, 'no', 'thing'),
      '../outside/secret.txt',
      'link',
      'folder/secret.txt',
      'folder/nothing',
      'dangling',
      'two',
      '/',
      '/etc/passwd',
      `${desk.inside}x`,
    ]) {
      assert.is(await codeOf(desk.read(path)), 'path.outside', path);
    }
  });

  test('the adapter says the same of what is there and what is not, and names nothing but what was asked', async ({
    desk,
  }) => {
    symlinkSync(desk.outside, join(desk.inside, 'folder'));
    for (const name of ['secret.txt', 'nothing']) {
      const { message } = await refusalOf(desk.read(`folder/${name}`));
      assert.not(message.includes(desk.outside), message);
      assert.is(
        message.replace(name, 'X').replace(desk.inside, ''),
        `Expected a path inside the allowed directories, got "/folder/X"; "." is the first of them: "${desk.inside}". nothing is allowed`,
      );
    }
  });

  test('the adapter refuses sensitive places even inside, by name and by where links lead', async ({
    desk,
  }) => {
    const real = join(desk.inside, 'keys');
    mkdirSync(real);
    writeFileSync(join(real, 'id'), 'key');
    symlinkSync(real, join(desk.home, '.ssh'));
    mkdirSync(join(desk.home, '.aws'));
    writeFileSync(join(desk.home, '.aws', 'credentials'), 'key');
    symlinkSync('home/.aws/credentials', join(desk.inside, 'harmless'));
    for (const path of [
      '~/.ssh/id',
      '~/.ssh',
      'keys/id',
      '~/.aws/credentials',
      'harmless',
      '~/.npmrc',
      'server.db',
    ])
      assert.is(await codeOf(desk.read(path)), 'path.sensitive', path);
  });

  test('the adapter refuses what is no regular file, at once', async ({ desk }) => {
    execFileSync('mkfifo', [join(desk.inside, 'fifo')]);
    const server = createServer().listen(join(desk.inside, 'socket'));
    symlinkSync('fifo', join(desk.inside, 'to-fifo'));
    try {
      for (const path of ['fifo', 'to-fifo', 'socket', '.', 'home'])
        assert.is(await codeOf(desk.read(path)), 'file.not-regular', path);
      const devices = { directories: ['/dev'], advice: '' };
      for (const path of ['/dev/zero', '/dev/tty', '/dev/null'])
        assert.is(await codeOf(desk.files.open(path, devices)), 'file.not-regular', path);
    } finally {
      server.close();
    }
  });

  test('the adapter does not even open a pipe: who waits to write to it waits on', async ({ desk }) => {
    const pipe = join(desk.inside, 'fifo');
    execFileSync('mkfifo', [pipe]);
    const writer = spawn('/bin/sh', ['-c', 'echo written > "$0"', pipe], { stdio: 'ignore' });
    await delay(200);
    assert.is(await codeOf(desk.read('fifo')), 'file.not-regular');
    await delay(100);
    assert.is(execFileSync('timeout', ['10', 'cat', pipe], { encoding: 'utf8' }), 'written\n');
    if (writer.exitCode === null) await once(writer, 'exit');
  });

  test('the adapter refuses what is missing, circular or no path', async ({ desk }) => {
    symlinkSync('loop', join(desk.inside, 'loop'));
    symlinkSync('gone', join(desk.inside, 'dangling'));
    assert.is(await codeOf(desk.read('nothing')), 'file.not-found');
    assert.is(await codeOf(desk.read('dangling')), 'file.not-found');
    assert.is(await codeOf(desk.read('a.txt/b')), 'file.not-found');
    assert.is(await codeOf(desk.read('loop')), 'path.invalid');
    assert.is(await codeOf(desk.read('x'.repeat(256))), 'path.invalid');
    assert.is(await codeOf(desk.read('a\0b')), 'path.invalid');
    assert.is(await codeOf(desk.read('')), 'path.invalid');
    assert.is(await codeOf(desk.read('a\udc00')), 'path.invalid');
  });

  test('the adapter refuses everything where nothing is allowed, and says how to allow it', async ({
    desk,
  }) => {
    const none = { directories: [], advice: 'start it with --allow' };
    const { code, message } = await refusalOf(desk.files.open('a.txt', none));
    assert.equal([code, message], ['path.outside', 'start it with --allow']);
  });

  test('a directory whose name begins like an allowed one is another', async ({ desk }) => {
    mkdirSync(`${desk.inside}-too`);
    writeFileSync(join(`${desk.inside}-too`, 'x'), 'x');
    assert.is(await codeOf(desk.read(`${desk.inside}-too/x`)), 'path.outside');
  });

  test('the adapter goes on reading what was replaced after it was opened', async ({ desk }) => {
    const file = await desk.files.open('a.txt', desk.grant);
    unlinkSync(join(desk.inside, 'a.txt'));
    const chunks: Buffer[] = [];
    for await (const chunk of file.chunks(2)) chunks.push(Buffer.from(chunk));
    await file.close();
    assert.is(Buffer.concat(chunks).toString(), 'side');
  });

  test('the adapter hands out chunks of which a slice is a copy', async ({ desk }) => {
    const file = await desk.files.open('a.txt', desk.grant);
    for await (const chunk of file.chunks()) {
      const copy = chunk.slice();
      chunk.fill(0);
      assert.is(Buffer.from(copy).toString(), 'inside');
    }
    await file.close();
  });

  test('the adapter streams what is larger than a chunk, from anywhere', async ({ desk }) => {
    const content = Buffer.alloc(5_000_001, 'abcdefg');
    writeFileSync(join(desk.inside, 'large'), content);
    assert.is(await desk.read('large'), content.toString());
    const file = await desk.files.open('large', desk.grant);
    const chunks: Buffer[] = [];
    for await (const chunk of file.chunks(2_999_999)) {
      assert.ok(chunk.length <= 2 * 1024 * 1024);
      chunks.push(Buffer.from(chunk));
    }
    await file.close();
    assert.ok(Buffer.concat(chunks).equals(content.subarray(2_999_999)));
  });

  const linuxOnly = process.platform === 'linux' ? test : test.skip;

  linuxOnly('the adapter leaves no descriptor open, whatever happened', async ({ desk }) => {
    const count = () => readdirSync('/proc/self/fd').length;
    await desk.read('a.txt');
    const before = count();
    for (const path of ['a.txt', 'nothing', '.', '../outside/secret.txt'])
      await desk.read(path).catch(() => undefined);
    assert.is(count(), before);
  });

  test('names of any bytes are no way out', async ({ desk }) => {
    execFileSync(
      'sh',
      [
        '-c',
        'mkdir "$(printf \'b\\377d\')"; echo x > "$(printf \'b\\377d\')/f"; ln -s "$(printf \'b\\377d\')/f" link',
      ],
      { cwd: desk.inside },
    );
    assert.is(await codeOf(desk.read('link')), 'file.not-found');
  });

  test('no new name has U+FFFD, and one that is there is written to', async ({ desk }) => {
    for (const path of ['b\ufffd', 'd\ufffd/a', 'd/\ufffd'])
      for (const mode of ['create', 'overwrite', 'append'] as const)
        assert.is(await codeOf(desk.write(path, 'x', { mode, createDirectories: true })), 'path.invalid');
    mkdirSync(join(desk.inside, 'e\ufffd'));
    assert.is((await desk.write('e\ufffd/new', 'x')).created, true);
  });

  test('the adapter finds directories', async ({ desk }) => {
    symlinkSync('home', join(desk.inside, 'link'));
    assert.is(await desk.files.directory(undefined, desk.grant), desk.inside);
    assert.is(await desk.files.directory('link', desk.grant), desk.home);
    assert.is(await codeOf(desk.files.directory('a.txt', desk.grant)), 'file.not-directory');
    assert.is(await codeOf(desk.files.directory('nothing', desk.grant)), 'file.not-found');
    assert.is(await codeOf(desk.files.directory('/', desk.grant)), 'path.outside');
    assert.is(await codeOf(desk.files.directory('~/.ssh', desk.grant)), 'path.sensitive');
  });

  if (process.getuid?.() !== 0) {
    test('the adapter says what the system denies', async ({ desk }) => {
      chmodSync(join(desk.inside, 'a.txt'), 0);
      assert.is(await codeOf(desk.read('a.txt')), 'file.denied');
    });
  }

  test.run();
}

const linux = suite('files: read, /proc');

linux('the adapter refuses the processes, even where all is allowed', async () => {
  const desk = new FilesDesk();
  try {
    const all = { directories: ['/'], advice: '' };
    for (const path of [
      '/proc/self/environ',
      `/proc/${process.pid}/environ`,
      '/proc/1/environ',
      '/proc/self/mem',
      '/proc/self/maps',
      '/proc/thread-self/environ',
      `/proc/${process.pid}/root/proc/1/environ`,
      '/proc/kcore',
    ])
      assert.is(await codeOf(desk.files.open(path, all)), 'path.sensitive', path);
    symlinkSync('/proc/self/environ', join(desk.inside, 'link'));
    assert.is(await codeOf(desk.files.open(join(desk.inside, 'link'), all)), 'path.sensitive');
    const file = await desk.files.open('/proc/meminfo', all);
    let first = '';
    for await (const chunk of file.chunks()) first ||= Buffer.from(chunk).toString();
    await file.close();
    assert.match(first, /^MemTotal/);
  } finally {
    desk.clear();
  }
});

if (process.platform === 'linux') linux.run();
