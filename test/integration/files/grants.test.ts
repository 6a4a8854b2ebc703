import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { HostGrants, type HostGrantsOptions } from '../../../src/infrastructure/files/grants.ts';
import { fakeContext } from '../../unit/application/fake-context.ts';

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
  assert.match(grant.advice, 'None of the allowed directories exists');
  mkdirSync(join(base, 'none'));
  assert.equal((await made.of(fakeContext())).directories, [join(base, 'none')]);
});

test('what was allowed stays where it is', async ({ base }) => {
  const made = grants({ configured: [join(base, 'one')] });
  await made.of(fakeContext());
  renameSync(join(base, 'one'), join(base, 'aside'));
  symlinkSync('/', join(base, 'one'));
  assert.equal((await made.of(fakeContext())).directories, [join(base, 'one')]);
});

test('explicitly, everything can be allowed', async () => {
  assert.equal((await grants({ configured: ['/'] }).of(fakeContext())).directories, ['/']);
});

test("the client's roots count before the working directory", async ({ base }) => {
  const roots = [
    pathToFileURL(join(base, 'with space')).href,
    `file://${base}/one`,
    `file://${base}/file`,
    `file://${base}/none`,
    'https://example.com/x',
    'file://server/share',
    'no uri',
    'file:///',
    'file:///etc',
  ];
  const context = fakeContext();
  const grant = await grants({
    rootsOf: async (asked) => (asked === context ? roots : undefined),
    workingDirectory: join(base, 'two'),
  }).of(context);
  assert.equal(grant.directories, [join(base, 'with space'), join(base, 'one')]);
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

test('says how to allow a directory', async () => {
  const { advice } = await grants({ workingDirectory: '/' }).of(fakeContext());
  assert.match(advice, '--allow DIR');
  assert.match(advice, 'security.allowed_directories');
});

test.run();
