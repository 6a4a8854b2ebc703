import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { bundle, bundleProduct } from '../../../build/bundle.ts';
import { optionalPackages } from '../../../build/optional-packages.ts';
import { cache, root } from '../../../build/paths.ts';
import { archive } from '../../../build/release/archive.ts';
import { bundledPackages } from '../../../build/release/bundled-packages.ts';
import { sourceDate } from '../../../build/release/source-date.ts';
import { nodeLicense } from '../../../build/runtime-package.ts';
import { failureOf } from '../../support/failure.ts';

const test = suite('parts of a release', { folder: '' });

test.before.each((context) => {
  mkdirSync(cache, { recursive: true });
  context.folder = mkdtempSync(join(cache, 'release-'));
});

test.after.each(({ folder }) => rmSync(folder, { recursive: true }));

const date = new Date('2026-01-02T03:04:06Z');

/** Packs the same two files, of any age, in a folder of its own. */
async function packed(folder: string, name: string, age: number, largest?: number): Promise<Buffer> {
  const packing = join(folder, `${age}`, 'tool_1_os');
  mkdirSync(packing, { recursive: true });
  for (const [file, mode] of [
    ['tool', 0o755],
    ['README.md', 0o644],
  ] as const) {
    writeFileSync(join(packing, file), `content of ${file}`);
    chmodSync(join(packing, file), mode);
    utimesSync(join(packing, file), age, age);
  }
  const output = join(folder, `${age}`, name);
  await archive({ folder: packing, files: ['tool', 'README.md'], executable: 'tool', output, date }, largest);
  return readFileSync(output);
}

for (const name of ['archive.tar.gz', 'archive.zip']) {
  test(`${name} depends on nothing but its contents`, async ({ folder }) => {
    const first = await packed(folder, name, 1_000_000_000);
    const zone = process.env['TZ'];
    process.env['TZ'] = 'Pacific/Auckland';
    try {
      assert.equal(await packed(folder, name, 1_700_000_000), first);
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });
}

for (const name of ['archive.tar.gz', 'archive.zip']) {
  test(`${name} is refused when it is larger than people are told`, async ({ folder }) => {
    const { length } = await packed(folder, name, 1);
    await packed(folder, name, 1, length);
    const error = await failureOf(packed(folder, name, 1, length - 1));
    assert.match(String(error), `Expected ${name} to have at most ${length - 1} bytes, got ${length}`);
  });
}

test('archive.tar.gz has files that run, in one folder, of nobody', async ({ folder }) => {
  await packed(folder, 'archive.tar.gz', 1);
  const list = execFileSync('tar', ['-tvzf', join(folder, '1/archive.tar.gz')], {
    encoding: 'utf8',
    env: { ...process.env, TZ: 'UTC', LC_ALL: 'C' },
  });
  const [tool = '', readme = ''] = list.split('\n');
  assert.match(tool, /^-rwxr-xr-x 0\/0 +15 2026-01-02 03:04 tool_1_os\/tool$/);
  assert.match(readme, /^-rw-r--r-- 0\/0 +20 2026-01-02 03:04 tool_1_os\/README\.md$/);
});

test('archive.zip has files that run, in one folder', async ({ folder }) => {
  const zip = await packed(folder, 'archive.zip', 1);
  // The central directory's entries: APPNOTE.TXT, 4.3.12.
  const entries: string[][] = [];
  for (let at = zip.indexOf('PK\x01\x02'); at >= 0; at = zip.indexOf('PK\x01\x02', at + 1)) {
    const name = zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28));
    entries.push([
      name,
      (zip.readUInt32LE(at + 38) >>> 16).toString(8),
      zip.readUInt32LE(at + 12).toString(16),
    ]);
  }
  assert.equal(entries, [
    ['tool_1_os/tool', '100755', '5c221883'],
    ['tool_1_os/README.md', '100644', '5c221883'],
  ]);
});

test('a bundle names the sources of what is in it, and those their packages', async ({ folder }) => {
  const entry = join(folder, 'main.ts');
  writeFileSync(
    entry,
    `import { base64url } from 'jose'; import { string } from 'valibot'; console.log(base64url);`,
  );
  const files = await bundle({ entry, outfile: join(folder, 'out.cjs') });
  const [{ license, licenseText = '', integrity = '' } = {}, ...others] = bundledPackages(files);
  assert.is(license, 'MIT');
  assert.match(licenseText, /Permission is hereby granted/);
  assert.match(integrity, /^sha512-/);
  assert.equal(others, [], 'a package that is imported and not used is not in it');
});

test('a package without a license, or without its text, is refused', ({ folder }) => {
  const files = ['node_modules/a/node_modules/@b/c/lib/index.js', 'main.ts'];
  const inner = join(folder, 'node_modules/a/node_modules/@b/c');
  mkdirSync(join(inner, 'lib'), { recursive: true });
  for (const file of files) writeFileSync(join(folder, file), '');
  const lock = { packages: { 'node_modules/a/node_modules/@b/c': { integrity: 'sha512-x' } } };
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
  const manifest = { name: '@b/c', version: '1.0.0' };
  writeFileSync(join(inner, 'package.json'), JSON.stringify({ ...manifest, license: 'MIT' }));
  assert.throws(
    () => bundledPackages(files, folder),
    /@b\/c 1\.0\.0 to come with a license .* got MIT, undefined/,
  );
  writeFileSync(join(inner, 'Licence.txt'), 'Do as you like');
  assert.equal(bundledPackages(files, folder), [
    { ...manifest, license: 'MIT', licenseText: 'Do as you like', integrity: 'sha512-x' },
  ]);
  writeFileSync(join(inner, 'package.json'), JSON.stringify(manifest));
  assert.throws(() => bundledPackages(files, folder), /got undefined, Licence\.txt/);
});

test('a part of a bundle that comes from nowhere is refused', () => {
  assert.throws(() => bundledPackages(['src/main.ts', 'virtual:thing']), /to be a file, got "virtual:thing"/);
});

test('every dependency of the product is among its packages, with its license', async () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const names = bundledPackages(await bundleProduct()).map(({ name }) => name);
  // The optional ones may wait for their first import.
  const known = [...names, ...optionalPackages];
  assert.equal(
    Object.keys(dependencies).filter((name) => !known.includes(name)),
    [],
  );
});

test("Node.js's license is there, with its parts'", () => {
  const text = nodeLicense();
  for (const part of ['Node.js is licensed for use as follows', 'OpenSSL', 'zlib', 'V8'])
    assert.match(text, part);
});

test('the date is the one of the commit, unless one is given', () => {
  assert.equal(sourceDate('86400'), new Date('1970-01-02T00:00:00Z'));
  assert.throws(
    () => sourceDate('yesterday'),
    /Expected SOURCE_DATE_EPOCH to be seconds since 1970, got "yesterday"/,
  );
  assert.is(Number.isNaN(sourceDate(undefined).getTime()), false);
});

test.run();
