import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { bundle } from '../../../build/bundle.ts';
import { cache, root } from '../../../build/paths.ts';

const test = suite('bundle', { folder: '' });

test.before((context) => {
  mkdirSync(cache, { recursive: true });
  context.folder = mkdtempSync(join(cache, 'bundle-'));
});

test.after(({ folder }) => rmSync(folder, { recursive: true }));

async function bundleOf(folder: string, files: Record<string, string>) {
  for (const [name, source] of Object.entries(files)) writeFileSync(join(folder, name), source);
  const outfile = join(folder, 'out/bundle.cjs');
  await bundle({ entry: join(folder, 'main.ts'), outfile });
  return { outfile, content: readFileSync(outfile, 'utf8') };
}

function run(outfile: string, ...options: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...options, outfile], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

const twoFiles = {
  'main.ts': `console.log('first');\nimport('./late.ts').then(({ late }) => console.log(late));`,
  'late.ts': `console.log('loaded late');\nexport const late: string = 'last';`,
};

test('the bundle is one file, whose dynamic imports stay lazy', async ({ folder }) => {
  const { outfile } = await bundleOf(folder, twoFiles);
  rmSync(join(folder, 'late.ts'));
  assert.equal(run(outfile), { status: 0, stdout: 'first\nloaded late\nlast\n', stderr: '' });
});

test('the bundle is the same each time, strict, and knows no path of this machine', async ({ folder }) => {
  const { content } = await bundleOf(folder, twoFiles);
  assert.is((await bundleOf(folder, twoFiles)).content, content);
  assert.ok(content.startsWith('"use strict";'));
  assert.not.ok(content.includes(root));
});

test('the bundle knows version and commit', async ({ folder }) => {
  const source = 'declare const __TFO_MCP_VERSION__: string, __TFO_MCP_COMMIT__: string;\n';
  const { outfile } = await bundleOf(folder, {
    'main.ts': `${source}console.log(__TFO_MCP_VERSION__, __TFO_MCP_COMMIT__);`,
  });
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  assert.match(run(outfile).stdout, new RegExp(`^${version} (unknown|[0-9a-f]{10})\n$`));
});

test('the bundle refuses to run on a Node.js that is too old, in one line', async ({ folder }) => {
  const { outfile } = await bundleOf(folder, { 'main.ts': `console.log('started');` });
  const on = (version: string) => {
    const pretend = `Object.defineProperty(process, "versions", { value: { node: "${version}" } })`;
    return run(outfile, '--import', `data:text/javascript,${encodeURIComponent(pretend)}`);
  };
  for (const old of ['8.17.0', '20.20.2', '22.9.0', '22.20.99']) {
    const { status, stdout, stderr } = on(old);
    assert.equal([status, stdout], [1, '']);
    assert.match(stderr, /^tfo-mcp needs Node\.js 22\.21 or newer, this is v[^\n]+\n$/);
  }
  for (const young of ['22.21.0', '22.23.2', '24.0.0', '100.1.0']) assert.is(on(young).stdout, 'started\n');
});

test('the bundle refuses what a CommonJS file has not', async ({ folder }) => {
  try {
    await bundleOf(folder, { 'main.ts': 'console.log(import.meta.url);' });
    assert.unreachable('bundled import.meta.url');
  } catch (error) {
    assert.match(
      String(error),
      /Expected a bundle without warnings, got in .*main\.ts, line 1: .*import\.meta/,
    );
  }
});

test.run();
