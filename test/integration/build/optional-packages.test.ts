// deadline: 120
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { baseRuntime } from '../../../build/base-runtime.ts';
import { bundle } from '../../../build/bundle.ts';
import { optionalInSecondFile, optionalPackages } from '../../../build/optional-packages.ts';
import { cache } from '../../../build/paths.ts';
import { seal } from '../../../build/seal.ts';
import { executableName, hostTarget } from '../../../build/targets.ts';

const test = suite('optional packages', { folder: '' });

test.before((context) => {
  mkdirSync(cache, { recursive: true });
  context.folder = mkdtempSync(join(cache, 'optional-'));
});

test.after(({ folder }) => rmSync(folder, { recursive: true }));

const target = hostTarget();

/** Loads every package, one after the other, and prints how many names each has, or why it can't be loaded. */
const loadsAll = `
  const loaders = { ${optionalPackages.map((name) => `'${name}': () => import('${name}')`).join(', ')} };
  const load = async () => {
    const found = {};
    for (const [name, loader] of Object.entries(loaders))
      found[name] = await loader().then((module) => Object.keys(module).length, String);
    console.log(JSON.stringify(found));
  };
  void load();`;

// esbuild says nothing of an `import.meta.url` inside a package, which then is undefined: only loading it tells.
test('every optional package loads inside an executable, whole, and has the names that it has outside', async ({
  folder,
}) => {
  const [entry, outfile] = [join(folder, 'main.ts'), join(folder, 'bundle.cjs')];
  writeFileSync(entry, loadsAll);
  await bundle({ entry, outfile, plugins: [optionalInSecondFile()] });
  const output = join(folder, executableName(target));
  const runner = { lacking: 'compiled code is not needed here' };
  await seal({ target, bundle: outfile, output, base: baseRuntime(target), runner });
  rmSync(outfile);
  const { stdout, stderr, status } = spawnSync(output, { encoding: 'utf8' });
  const expected = await Promise.all(
    optionalPackages.map(async (name) => [name, Object.keys(await import(name)).length]),
  );
  assert.equal([status, stderr], [0, '']);
  assert.equal(JSON.parse(stdout), Object.fromEntries(expected));
});

test.run();
