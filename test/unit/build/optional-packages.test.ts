import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { bundle } from '../../../build/bundle.ts';
import { optionalFile, optionalInSecondFile } from '../../../build/optional-packages.ts';
import { cache, root } from '../../../build/paths.ts';
import { bundledPackages } from '../../../build/release/bundled-packages.ts';
import { failureOf } from '../../support/failure.ts';

const test = suite('optionalInSecondFile', { folder: '' });

test.before.each((context) => {
  mkdirSync(cache, { recursive: true });
  context.folder = mkdtempSync(join(cache, 'optional-'));
});

test.after.each(({ folder }) => rmSync(folder, { recursive: true }));

/** Bundles a program that loads `late` and prints what that tells. */
async function bundled(folder: string, late: string, packages: readonly string[], early = '') {
  const [entry, outfile] = [join(folder, 'main.ts'), join(folder, 'out/bundle.cjs')];
  const answer = '(told) => console.log(JSON.stringify(told)), ({ code }) => console.log(code)';
  writeFileSync(
    entry,
    `${early}console.log('first');\nimport('./late.ts').then(({ tell }) => tell()).then(${answer});`,
  );
  writeFileSync(join(folder, 'late.ts'), late);
  const sources = await bundle({ entry, outfile, plugins: [optionalInSecondFile(packages)] });
  return { entry, outfile, optional: join(folder, 'out', optionalFile), sources };
}

function run(file: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

const encode = `import { base64url } from 'jose'; export const tell = () => base64url.encode('told');`;

/** Ways to import packages, which are ES modules, CommonJS, or both. */
const ways: Readonly<Record<string, { name: string; late: string }>> = {
  'names of ES modules': { name: 'jose', late: encode },
  'the default export of ES modules': {
    name: '@anthropic-ai/sdk',
    late: `import Claude, { Anthropic } from '@anthropic-ai/sdk'; export const tell = () => [typeof Claude, Claude === Anthropic];`,
  },
  'the default export of CommonJS': {
    name: 'iconv-lite',
    late: `import iconv from 'iconv-lite'; export const tell = () => iconv.encode('a', 'utf16');`,
  },
  'names of CommonJS': {
    name: 'yaml',
    late: `import { parse as read } from 'yaml'; export const tell = () => read('a: [1]');`,
  },
  'a namespace': {
    name: 'diff',
    late: `import * as diff from 'diff'; export const tell = () => Object.keys(diff).sort();`,
  },
  'names that are exported again': {
    name: '@opentelemetry/api',
    late: `export { createContextKey as tell } from '@opentelemetry/api';`,
  },
  'await import()': {
    name: 'jose',
    late: `export const tell = async () => Object.keys(await import('jose')).sort();`,
  },
};

for (const [way, { name, late }] of Object.entries(ways))
  test(`${way}: a package of the second file does what it does from the sources`, async ({ folder }) => {
    const { entry, outfile, optional } = await bundled(folder, late, [name]);
    assert.equal(run(outfile), run(entry));
    assert.match(run(outfile).stdout, /^first\n[^\n]{2,}\n$/);
    assert.ok(statSync(outfile).size < 4096, 'the package is not in the bundle');
    assert.ok(statSync(optional).size > 512, 'it is in the second file');
  });

test('the second file is not asked for before a package of it is', async ({ folder }) => {
  const { outfile, optional } = await bundled(folder, encode, ['jose']);
  rmSync(optional);
  assert.equal(run(outfile), { status: 0, stdout: 'first\nMODULE_NOT_FOUND\n', stderr: '' });
});

test('the second file has of a package what is imported by name', async ({ folder }) => {
  const sizes = [encode, ways['await import()']?.late ?? ''].map(async (late) => {
    const { optional } = await bundled(mkdtempSync(join(folder, 'of-')), late, ['jose']);
    return statSync(optional).size;
  });
  const [some = 0, all = 0] = await Promise.all(sizes);
  assert.ok(some < all / 4, `${some} of ${all}`);
});

test('the second file has nothing of a package of which only types are imported, or nothing at all', async ({
  folder,
}) => {
  const late = `import type { JWTPayload } from 'jose'; export const tell = (payload?: JWTPayload) => typeof payload;`;
  const { outfile, optional } = await bundled(folder, late, ['jose', 'yaml']);
  assert.is(readFileSync(optional, 'utf8'), '"use strict";\nmodule.exports=new Map([]);\n');
  assert.is(run(outfile).stdout, 'first\n"undefined"\n');
});

test('the second file is the same each time, and knows no path of this machine', async ({ folder }) => {
  const [first, second] = [mkdtempSync(join(folder, 'a-')), mkdtempSync(join(folder, 'another-'))].map(
    async (place) => readFileSync((await bundled(place, encode, ['jose'])).optional, 'utf8'),
  );
  assert.is(await first, await second);
  assert.not.ok((await first)?.includes(root));
});

test('sources of the second file are among those of the bundle, which ask for their licenses', async ({
  folder,
}) => {
  const { sources } = await bundled(folder, encode, ['jose'], `import 'consola';\n`);
  assert.equal(
    bundledPackages(sources).map(({ name }) => name),
    ['consola', 'jose'],
  );
});

test('a package of which both files would have code is refused', async ({ folder }) => {
  const late = `import { MeterProvider } from '@opentelemetry/sdk-metrics'; export const tell = () => new MeterProvider();`;
  const early = `import { hrTime } from '@opentelemetry/core';\nconsole.log(hrTime());\n`;
  const error = await failureOf(bundled(folder, late, ['@opentelemetry/sdk-metrics'], early));
  assert.match(
    String(error),
    /to be in one file, got node_modules\/@opentelemetry\/core in the bundle and in optional\.cjs/,
  );
  const both = ['@opentelemetry/sdk-metrics', '@opentelemetry/core'];
  await bundled(folder, late, both, early);
});

test.run();
