import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { HostGrants, type HostGrantsOptions } from '../../../src/infrastructure/files/guard/host-grants.ts';
import { pinDirectories } from '../../../src/infrastructure/files/guard/pin-directories.ts';
import { fakeContext } from '../../unit/application/fake-context.ts';
import { RecordingLogger } from '../../unit/application/recording-logger.ts';

const test = suite<{ base: string }>('files: grants');

test.before.each((context) => {
  context.base = realpathSync(mkdtempSync(join(tmpdir(), 'tfo-grants-')));
  for (const name of ['one', 'two', 'with space']) mkdirSync(join(context.base, name));
  writeFileSync(join(context.base, 'file'), '');
});
test.after.each(({ base }) => rmSync(base, { recursive: true }));

const grants = (options: Partial<HostGrantsOptions>) =>
  new HostGrants({
    platform: process.platform,
    homeDirectory: undefined,
    configured: [],
    rootsOf: async () => undefined,
    workingDirectory: undefined,
    pinned: new Map(),
    logger: new RecordingLogger(),
    ...options,
  });

test('configured directories count alone, as their real paths, each once', async ({ base }) => {
  symlinkSync('two', join(base, 'link'));
  const grant = await grants({
    configured: [
      join(base, 'link'),
      join(base, 'two'),
      join(base, 'file'),
      join(base, 'none'),
      join(base, 'one'),
    ],
    rootsOf: async () => assert.unreachable('Expected nobody to ask for roots') as never,
    workingDirectory: base,
  }).of(fakeContext());
  assert.equal(grant.directories, [join(base, 'two'), join(base, 'one')]);
});

for (const when of ['before the first call', 'between two calls'] as const)
  test(`a root stays where it was when the client told it, whatever takes its place ${when}`, async ({
    base,
  }) => {
    const told = ['one', 'gone'].map((name) => `file://${join(base, name)}`);
    const granting = grants({ rootsOf: async () => told });
    await granting.pinRoots(told);
    if (when === 'between two calls') await granting.of(fakeContext());
    rmdirSync(join(base, 'one'));
    for (const name of ['one', 'gone']) symlinkSync('two', join(base, name));
    const { directories } = await granting.of(fakeContext());
    assert.equal(directories, [join(base, 'one')]); // which the guard then finds to be a link
  });

test('a root that comes to be after it was told is granted then', async ({ base }) => {
  const told = [`file://${join(base, 'later')}`];
  const granting = grants({ rootsOf: async () => told });
  await granting.pinRoots(told);
  assert.equal((await granting.of(fakeContext())).directories, []);
  mkdirSync(join(base, 'later'));
  assert.equal((await granting.of(fakeContext())).directories, [join(base, 'later')]);
});

test('a directory whose name is no UTF-8 is not taken for a neighbour that reads alike', async ({ base }) => {
  execFileSync('sh', ['-c', 'mkdir "$(printf \'d\\377\')"; ln -s "$(printf \'d\\377\')" link'], {
    cwd: base,
  });
  mkdirSync(join(base, 'd\ufffd'));
  const grant = await grants({ configured: [join(base, 'link')] }).of(fakeContext());
  assert.equal(grant.directories, []);
});

test('configured directories that are missing open nothing else, and count once they are there', async ({
  base,
}) => {
  const made = grants({ configured: [join(base, 'none')], workingDirectory: base });
  const grant = await made.of(fakeContext());
  assert.equal(grant.directories, []);
  assert.match(
    grant.advice,
    `There is no directory at "${join(base, 'none')}": create one, or start the server`,
  );
  mkdirSync(join(base, 'none'));
  assert.equal((await made.of(fakeContext())).directories, [join(base, 'none')]);
});

test('a file is no directory to allow', async ({ base }) => {
  const file = join(base, 'one.txt');
  writeFileSync(file, '');
  const grant = await grants({ configured: [file] }).of(fakeContext());
  assert.equal(grant.directories, []);
  assert.match(grant.advice, `There is no directory at "${file}"`);
});

test('what was allowed stays where it is', async ({ base }) => {
  const made = grants({ configured: [join(base, 'one')] });
  await made.of(fakeContext());
  renameSync(join(base, 'one'), join(base, 'aside'));
  symlinkSync('/', join(base, 'one'));
  assert.equal((await made.of(fakeContext())).directories, [join(base, 'one')]);
});

/** Changes of a directory between the start and the first call. */
const meanwhile: readonly (readonly [string, (base: string) => void, readonly string[]])[] = [
  ['stays', () => undefined, ['one']],
  ['gives way to a link', (base) => replaceByLink(base, '/'), ['one']],
  ['gives way to a link to a neighbour', (base) => replaceByLink(base, join(base, 'two')), ['one']],
  ['vanishes', (base) => rmSync(join(base, 'one'), { recursive: true }), ['one']],
];

function replaceByLink(base: string, target: string): void {
  renameSync(join(base, 'one'), join(base, 'aside'));
  symlinkSync(target, join(base, 'one'));
}

for (const [what, change, expected] of meanwhile) {
  test(`a directory is where it was at the start, though it ${what} before the first call`, async ({
    base,
  }) => {
    const directory = join(base, 'one');
    for (const given of [{ configured: [directory] }, { workingDirectory: directory }]) {
      const made = grants({ ...given, pinned: pinDirectories([directory]) });
      change(base);
      assert.equal(
        (await made.of(fakeContext())).directories,
        expected.map((name) => join(base, name)),
      );
      rmSync(directory, { recursive: true, force: true });
      mkdirSync(directory);
      rmSync(join(base, 'aside'), { recursive: true, force: true });
    }
  });
}

/** Things that come to be where at the start nothing was. */
const later: readonly (readonly [string, (path: string, base: string) => void, boolean])[] = [
  ['a directory', (path) => mkdirSync(path, { recursive: true }), true],
  ['a link', (path, base) => symlinkSync(join(base, 'two'), path), false],
  ['a link above it', (path, base) => symlinkSync(join(base, 'two'), join(path, '..')), false],
  ['a file', (path) => writeFileSync(path, ''), false],
];

for (const [what, make, counts] of later) {
  test(`${what} where at the start nothing was ${counts ? 'counts' : 'does not count'}`, async ({ base }) => {
    const path = join(base, what === 'a link above it' ? 'new/sub' : 'new');
    mkdirSync(join(base, 'two/sub'));
    const made = grants({ configured: [path], pinned: pinDirectories([path]) });
    assert.equal((await made.of(fakeContext())).directories, []);
    make(path, base);
    assert.equal((await made.of(fakeContext())).directories, counts ? [path] : []);
  });
}

test('a link that was there at the start leads where it led', async ({ base }) => {
  symlinkSync('one', join(base, 'link'));
  const pinned = pinDirectories([join(base, 'link')]);
  rmSync(join(base, 'link'));
  symlinkSync('two', join(base, 'link'));
  const made = grants({ configured: [join(base, 'link')], pinned });
  assert.equal((await made.of(fakeContext())).directories, [join(base, 'one')]);
});

test('explicitly, everything can be allowed', async () => {
  assert.equal((await grants({ configured: ['/'] }).of(fakeContext())).directories, ['/']);
});

/** [root, the directory that counts or why none does] */
const roots: readonly (readonly [(base: string) => string, string | RegExp])[] = [
  [(base) => pathToFileURL(join(base, 'with space')).href, 'with space'],
  [(base) => `file://${base}/one`, 'one'],
  [(base) => `file://localhost${base}/one`, 'one'],
  [(base) => `FILE:${base}/one/`, 'one'],
  [(base) => join(base, 'one'), 'one'],
  [(base) => `file://${base}/file`, /no directory/],
  [(base) => `file://${base}/none`, /not there/],
  [() => 'https://example.com/x', /neither a file URI nor an absolute path/],
  [() => 'vscode-remote://ssh/home/me', /neither a file URI nor an absolute path/],
  [() => 'file://server/share', /this machine/],
  [() => 'file:///c%3A/Users', /not there/],
  [() => 'no uri', /neither a file URI nor an absolute path/],
  [() => 'file:///%zz', /percent-encoded/],
  [() => 'file:///', /a path behind/],
  [() => '/', /of the system/],
  [() => 'file:///etc', /of the system/],
  [(base) => `file://${base}/x%00y`, /NUL/],
  [(base) => `${base}/x\0y`, /NUL/],
];

for (const [rootOf, expected] of roots) {
  const what = rootOf('/…');
  test(`the root ${what} ${typeof expected === 'string' ? 'counts' : 'is named in the log, once'}`, async ({
    base,
  }) => {
    const logger = new RecordingLogger();
    const made = grants({ rootsOf: async () => [rootOf(base)], workingDirectory: join(base, 'two'), logger });
    for (let call = 0; call < 2; call++) {
      const { directories } = await made.of(fakeContext());
      assert.equal(directories, typeof expected === 'string' ? [join(base, expected)] : []);
    }
    assert.is(logger.records.length, typeof expected === 'string' ? 0 : 1);
    const fields = logger.records[0]?.fields;
    if (typeof expected !== 'string') assert.match(`${fields?.['root']} ${fields?.['why']}`, expected);
  });
}

test("the client's roots count before the working directory, each once", async ({ base }) => {
  const given = [`file://${base}/one`, join(base, 'two'), `file://${base}/one`];
  const context = fakeContext();
  const grant = await grants({
    rootsOf: async (asked) => (asked === context ? given : undefined),
    workingDirectory: join(base, 'with space'),
  }).of(context);
  assert.equal(grant.directories, [join(base, 'one'), join(base, 'two')]);
  assert.match(grant.advice, 'To allow another, start the server with "--allow DIR"');
});

test('a client without roots to offer allows nothing', async ({ base }) => {
  const grant = await grants({ rootsOf: async () => [], workingDirectory: base }).of(fakeContext());
  assert.equal(grant.directories, []);
  assert.match(grant.advice, 'The client offers no directory');
});

test("else the working directory counts, unless it is the system's or holds homes", async ({ base }) => {
  const of = async (workingDirectory: string | undefined, homeDirectory?: string) =>
    (await grants({ workingDirectory, homeDirectory }).of(fakeContext())).directories;
  assert.equal(await of(join(base, 'one')), [join(base, 'one')]);
  symlinkSync('/etc', join(base, 'link'));
  for (const directory of ['/', '/etc', '/usr/bin', join(base, 'link'), undefined])
    assert.equal(await of(directory), []);
  assert.equal(await of(base, join(base, 'one')), []);
  assert.equal(await of(join(base, 'one'), join(base, 'one')), [join(base, 'one')]);
});

test('the refusal says how to allow a directory', async () => {
  const { advice } = await grants({ workingDirectory: '/' }).of(fakeContext());
  assert.match(advice, '--allow DIR');
  assert.match(advice, 'security.allowed_directories');
});

test.run();
