import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { codeOf, refusalOf } from '../../support/failure.ts';
import { FilesDesk } from './files-desk.ts';

/** Paths as they come, on real files: what they mean, and that nothing of another name comes to be. */
const test = suite<{ desk: FilesDesk }>('files: forms of paths');

test.before.each((context) => {
  context.desk = new FilesDesk();
  writeFileSync(join(context.desk.inside, 'a.txt'), 'one');
  mkdirSync(join(context.desk.inside, 'sub'));
});
test.after.each(({ desk }) => desk.clear());

const messageOf = async (work: Promise<unknown>) => (await refusalOf(work)).message;

const uris: readonly ((inside: string) => string)[] = [
  (inside) => pathToFileURL(`${inside}/a.txt`).href,
  (inside) => `file://${inside}/%61.txt`,
  (inside) => `FILE://${inside}/a.txt`,
  (inside) => `file://localhost${inside}/a.txt`,
  (inside) => `file:${inside}/a.txt`,
];
for (const uriOf of uris) {
  test(`${uriOf('/…')} is the path it means`, async ({ desk }) => {
    const uri = uriOf(desk.inside);
    assert.is(await desk.read(uri), 'one');
    assert.is((await desk.write(uri, 'two')).path, join(desk.inside, 'a.txt'));
    assert.is(
      await desk.files.directory(uri.replace('a.txt', 'sub').replace('%61.txt', 'sub'), desk.grant),
      join(desk.inside, 'sub'),
    );
    assert.equal(readdirSync(desk.inside).sort(), ['a.txt', 'home', 'sub']);
    assert.is(readFileSync(join(desk.inside, 'a.txt'), 'utf8'), 'two');
  });
}

test('a file URI of another host is refused, and of what is outside', async ({ desk }) => {
  assert.is(await codeOf(desk.read(`file://server${desk.inside}/a.txt`)), 'resource.uri-invalid');
  assert.is(await codeOf(desk.read(`file://${desk.inside}/%2e%2e/outside/x`)), 'path.outside');
  assert.is(await codeOf(desk.write('file:///etc/x', '')), 'path.outside');
});

const foreign = [
  'C:\\Users\\me\\x.txt',
  'c:x.txt',
  'D:folder/x.txt',
  'C:/x',
  '\\\\server\\share',
  'src\\main.ts',
  'sub\\b.txt',
  '$HOME/x',
  '~you/x',
  '%USERPROFILE%/x',
  '$\u007bworkspaceFolder}/x',
  'https://example.com/x',
  'file:x',
  '"a.txt"',
  'b.txt\n',
  ' b.txt',
  '<project>/b.txt',
];
for (const path of foreign) {
  test(`nothing called ${JSON.stringify(path)} comes to be`, async ({ desk }) => {
    const before = readdirSync(desk.inside);
    const write = () => desk.write(path, 'x', { createDirectories: true });
    assert.is(await codeOf(write()), 'path.invalid');
    assert.match(await messageOf(write()), 'nothing here has this name (if this is really a name, put "./"');
    assert.is(await codeOf(desk.read(path)), 'path.invalid');
    assert.is(await codeOf(desk.files.directory(path, desk.grant)), 'path.invalid');
    assert.equal(readdirSync(desk.inside), before);
  });
}

test('what is really called so is found, and with "./" before it made', async ({ desk }) => {
  for (const name of ['C:\\x.txt', 'c:x.txt', 'src\\main.ts', '~you', '"a.txt"']) {
    writeFileSync(join(desk.inside, name), name);
    assert.is(await desk.read(name), name);
    assert.is((await desk.write(name, 'new')).created, false);
  }
  await desk.write('./C:\\new.txt', 'new');
  assert.ok(existsSync(join(desk.inside, 'C:\\new.txt')));
});

for (const path of ['a.txt/', 'a.txt//', 'a.txt/.', 'link/']) {
  test(`${path} is no file`, async ({ desk }) => {
    symlinkSync('a.txt', join(desk.inside, 'link'));
    assert.is(await codeOf(desk.read(path)), 'file.not-directory');
    assert.is(await codeOf(desk.write(path, 'x')), 'file.not-directory');
    assert.is(await codeOf(desk.files.directory(path, desk.grant)), 'file.not-directory');
    assert.is(readFileSync(join(desk.inside, 'a.txt'), 'utf8'), 'one');
  });
}

test('a path with a slash at its end makes no file, and names a directory', async ({ desk }) => {
  assert.is(await codeOf(desk.write('new/', 'x', { createDirectories: true })), 'file.not-found');
  assert.match(await messageOf(desk.write('new/', 'x')), 'There is no directory');
  assert.is(await desk.files.directory('sub/', desk.grant), join(desk.inside, 'sub'));
  assert.is(await codeOf(desk.write('sub/', 'x')), 'file.not-regular');
  assert.not(existsSync(join(desk.inside, 'new')));
});

// [what is there, what is asked for]
const alike = [
  ['Screenshot 1.00\u202fPM.png', 'Screenshot 1.00 PM.png'],
  ['v\u00a013.png', 'v 13.png'],
  ['cafe\u0301.txt', 'caf\u00e9.txt'],
  ['caf\u00e9.txt', 'cafe\u0301.txt'],
  ['a b.txt', 'a\u00a0b.txt'],
  ['e\u0301t\u00e9/b\u00a0c.txt', '\u00e9te\u0301/b c.txt'],
] as const;
for (const [there, asked] of alike) {
  test(`${JSON.stringify(asked)} finds what looks like it`, async ({ desk }) => {
    const path = join(desk.inside, there);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, 'old');
    assert.is(await desk.read(asked), 'old');
    assert.is(await desk.read(join(desk.inside, asked)), 'old');
    const { created, path: written } = await desk.write(asked, 'new');
    assert.equal([created, written], [false, path]);
    assert.is(await codeOf(desk.write(asked, 'x', { mode: 'create' })), 'file.exists');
    assert.equal(readFileSync(path, 'utf8'), 'new');
    assert.not(existsSync(join(desk.inside, asked)), 'a twin');
  });
}

for (const [there, asked] of [
  ['2019\u20132020.md', '2019-2020.md'],
  ['m\u2212n.md', 'm-n.md'],
  ['it\u2019s.txt', "it's.txt"],
  ['e\u2026.txt', 'e....txt'],
  ['x\u200b.txt', 'x.txt'],
  ['\u{1f468}\u200d\u{1f469}.txt', '\u{1f468}\u{1f469}.txt'],
  ['\u0645\u06cc\u200c\u062e.txt', '\u0645\u06cc\u062e.txt'],
] as const)
  test(`${JSON.stringify(asked)} reads what looks like it, and is written beside it`, async ({ desk }) => {
    const path = join(desk.inside, there);
    writeFileSync(path, 'old');
    assert.is(await desk.read(asked), 'old');
    assert.is((await desk.write(asked, 'new', { mode: 'append' })).created, true);
    assert.is((await desk.write(asked, 'newer')).created, false);
    assert.equal([readFileSync(path, 'utf8'), await desk.read(asked)], ['old', 'newer']);
  });

test('the exact name comes first, whatever looks like it', async ({ desk }) => {
  for (const name of ['a b', 'a\u00a0b', 'a\u202fb']) writeFileSync(join(desk.inside, name), name);
  for (const name of ['a b', 'a\u00a0b', 'a\u202fb']) assert.is(await desk.read(name), name);
});

test('of several that look alike none is taken; the refusal tells them apart', async ({ desk }) => {
  for (const name of ['a\u00a0b', 'a\u202fb']) writeFileSync(join(desk.inside, name), name);
  for (const work of [() => desk.read('a b'), () => desk.write('a b', 'x')]) {
    assert.is(await codeOf(work()), 'path.ambiguous');
    const message = await messageOf(work());
    assert.match(message, '"a\\u00a0b" has U+00A0 for U+0020');
    assert.match(message, '"a\\u202fb" has U+202F for U+0020');
  }
  assert.not(existsSync(join(desk.inside, 'a b')));
});

test('a new file in a directory that looks alike is made there', async ({ desk }) => {
  mkdirSync(join(desk.inside, 'my\u00a0work'));
  assert.is((await desk.write('my work/new.txt', 'x')).path, join(desk.inside, 'my\u00a0work/new.txt'));
});

test('what looks alike leads nowhere that is not allowed', async ({ desk }) => {
  writeFileSync(join(desk.outside, 'secret.txt'), 'secret');
  symlinkSync(desk.outside, join(desk.inside, 'way\u00a0out'));
  assert.is(await codeOf(desk.read('way out/secret.txt')), 'path.outside');
  assert.is(await codeOf(desk.write('way out/new.txt', 'x')), 'path.outside');
  mkdirSync(join(desk.home, '.ssh'));
  symlinkSync(join(desk.home, '.ssh'), join(desk.inside, 'key\u00a0ring'));
  assert.is(await codeOf(desk.read('key ring/id')), 'path.sensitive');
});

test('of an allowed directory that is gone, what is beside it stays unseen', async ({ desk }) => {
  rmSync(desk.inside, { recursive: true });
  for (const name of ['in\u00adside', 'ins\u00adide']) mkdirSync(join(desk.base, name));
  assert.is(await codeOf(desk.read('a.txt')), 'file.not-found');
});

test('links in a circle are told as such, whatever was to be done', async ({ desk }) => {
  symlinkSync('circle', join(desk.inside, 'circle'));
  symlinkSync('pong', join(desk.inside, 'ping'));
  symlinkSync('ping', join(desk.inside, 'pong'));
  for (const path of ['circle', 'ping', 'ping/x', 'circle/x']) {
    for (const work of [
      () => desk.read(path),
      () => desk.write(path, 'x'),
      () => desk.files.directory(path, desk.grant),
    ])
      assert.match(await messageOf(work()), 'its links go in a circle');
  }
});

test('a refusal says what is allowed, shortened where that is much, and how to allow more', async ({
  desk,
}) => {
  const names = ['one', 'two', 'three', 'four', 'five'];
  for (const name of names) mkdirSync(join(desk.base, name));
  const grant = { directories: names.map((name) => join(desk.base, name)), advice: 'To allow another, ask' };
  assert.is(
    await messageOf(desk.files.open('/etc/passwd', grant)),
    `Expected a path inside the allowed directories, got "/etc/passwd"; "." is the first of them: ${['one', 'two', 'three'].map((name) => `"${join(desk.base, name)}"`).join(', ')} and 2 more. To allow another, ask`,
  );
});

if (process.platform === 'linux') test.run();
