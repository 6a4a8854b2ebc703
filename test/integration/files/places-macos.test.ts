import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PathGuard } from '../../../src/infrastructure/files/guard/path-guard.ts';
import { NodeFiles } from '../../../src/infrastructure/files/node-files.ts';
import { codeOf } from '../../support/failure.ts';
import { skip } from '../../support/skip.ts';

/**
 * Sensitive places of a Mac and the ways to them, with everything allowed. Only a Mac shows where its firmlinks and its links into
 * /private lead, and that it takes no heed of case.
 */
const test = suite('files: sensitive places of macOS');

const onMac = (name: string, body: () => Promise<void>) =>
  process.platform === 'darwin' ? test(name, body) : skip(test, 'macOS', name);

const home = homedir();
const grant = { directories: ['/'], advice: 'nothing is allowed' };
const options = { platform: 'darwin', homeDirectory: home, environment: process.env, sensitive: [] };
const files = new NodeFiles(new PathGuard(options));
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'places-')));
test.after(() => rmSync(folder, { recursive: true }));

/** Files as a Mac has them, there or not. */
const inHome = [
  'Library/Keychains/login.keychain-db',
  'Library/Cookies/Cookies.binarycookies',
  'Library/Messages/chat.db',
  'Library/Safari/History.db',
  '.ssh/id_ed25519',
].map((name) => `${home}/${name}`);

const hostKeys = ['/etc/ssh/ssh_host_ed25519_key', '/private/etc/ssh/ssh_host_ed25519_key'];

/** Other names of the same files. */
const ways: Readonly<Record<string, (path: string) => string>> = {
  'as it is': (path) => path,
  'by the volume of data': (path) => `/System/Volumes/Data${path.replace(/^\/etc/, '/private/etc')}`,
  'in capitals': (path) => path.toUpperCase(),
  'with dots': (path) => path.replaceAll('/', '/./'),
};

for (const [way, spell] of Object.entries(ways))
  for (const path of [...inHome, ...hostKeys])
    onMac(`${path.replace(home, '~')} is refused, ${way}`, async () => {
      assert.is(await codeOf(files.open(spell(path), grant)), 'path.sensitive', spell(path));
    });

onMac('a link to a sensitive place is refused', async () => {
  mkdirSync(join(home, '.ssh'), { recursive: true });
  for (const [at, target] of ['/etc/ssh', '/private/etc/ssh', join(home, '.ssh')].entries()) {
    symlinkSync(target, join(folder, `link${at}`));
    assert.is(await codeOf(files.open(join(folder, `link${at}`, 'any'), grant)), 'path.sensitive', target);
  }
});

onMac('what is not sensitive is read by every name', async () => {
  writeFileSync(join(folder, 'a.txt'), 'a');
  for (const way of ['', '/System/Volumes/Data']) {
    const file = await files.open(`${way}${folder}/a.txt`, grant);
    assert.is(file.size, 1);
    await file.close();
  }
});

test.run();
