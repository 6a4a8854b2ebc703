// Builds dist/tfo-mcp, the single executable for this machine: `node build/package.ts`.
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { sha256Of } from './base-lock.ts';
import { baseRuntime } from './base-runtime.ts';
import { bundleProduct, productBundle } from './bundle.ts';
import { cache, root } from './paths.ts';
import { seal } from './seal.ts';
import { hostTarget } from './targets.ts';

const output = join(root, 'dist/tfo-mcp');

/** Files that decide what `output` holds, beside the base. */
const ingredients = [
  productBundle,
  ...['boot.cjs', 'code-cache.ts', 'seal.ts', 'warm-up.cjs'].map((name) => `build/${name}`),
  'package-lock.json',
];

/** What `output` was made of, and what it was then. */
const record = join(cache, 'tfo-mcp.made-of');

const started = performance.now();
await bundleProduct();
const target = hostTarget();
const base = baseRuntime(target);

const madeOf = sha256Of([base.fingerprint, ...ingredients.map(hashOfFile)].join('\n'));
if (isMade(madeOf)) {
  report('unchanged');
} else {
  rmSync(record, { force: true });
  await seal({ target, bundle: productBundle, output, base });
  writeFileSync(record, `${madeOf} ${hashOfFile(output)}`);
  report('built');
}

function isMade(madeOf: string): boolean {
  if (!existsSync(record) || !existsSync(output)) return false;
  return readFileSync(record, 'utf8') === `${madeOf} ${hashOfFile(output)}`;
}

function hashOfFile(path: string): string {
  return sha256Of(readFileSync(resolve(root, path)));
}

function report(what: string): void {
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const megabytes = (statSync(output).size / 1e6).toFixed(1);
  console.log(`${relative(root, output)} for ${target}: ${what}, ${megabytes} MB, ${seconds} s`);
}
