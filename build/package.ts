// Builds an executable: `node build/package.ts`, dist/tfo-mcp for this machine; with a TARGET, dist/TARGET/tfo-mcp for that one.
import { existsSync, globSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { sha256Of } from './base-lock.ts';
import { baseRuntime } from './base-runtime.ts';
import { bundleProduct, productBundle } from './bundle.ts';
import { optionalFile } from './optional-packages.ts';
import { cache, dist, executableOf, root } from './paths.ts';
import { canRun, runnerOf } from './runner.ts';
import { seal } from './seal.ts';
import { hostTarget, targetNamed } from './targets.ts';

const started = performance.now();
const [name] = process.argv.slice(2);
const target = name === undefined ? hostTarget() : targetNamed(name);
const output = name === undefined ? join(dist, 'tfo-mcp') : executableOf(target);

/** Files that decide what `output` holds, beside the base. */
const ingredients = [
  productBundle,
  join(dist, optionalFile),
  ...['boot.cjs', 'code-cache.ts', 'runner.ts', 'seal.ts', 'warm-up.cjs'].map((file) => `build/${file}`),
  ...globSync(['build/formats/*.ts', 'src/guides/*.md'], { cwd: root }).sort(),
  'package-lock.json',
];

/** A record of the sources of `output`, and of its content then. */
const record = join(cache, `${name ?? 'tfo-mcp'}.made-of`);

await bundleProduct();
const base = baseRuntime(target);
const runner = runnerOf(target);
const compiled = canRun(runner)
  ? `compiled on ${runner.name}`
  : `to be compiled at each start: ${runner.lacking}`;

const madeOf = sha256Of([base.fingerprint, compiled, ...ingredients.map(hashOfFile)].join('\n'));
if (isMade()) {
  report('unchanged');
} else {
  rmSync(record, { force: true });
  await seal({ target, bundle: productBundle, output, base, runner });
  writeFileSync(record, `${madeOf} ${hashOfFile(output)}`);
  report('built');
}

function isMade(): boolean {
  if (!existsSync(record) || !existsSync(output)) return false;
  return readFileSync(record, 'utf8') === `${madeOf} ${hashOfFile(output)}`;
}

function hashOfFile(path: string): string {
  return sha256Of(readFileSync(resolve(root, path)));
}

function report(what: string): void {
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const megabytes = (statSync(output).size / 1e6).toFixed(1);
  const peak = (process.resourceUsage().maxRSS / 1e3).toFixed(0);
  const facts = [
    what,
    `${megabytes} MB`,
    `${seconds} s`,
    ...(name === undefined ? [] : [`peak ${peak} MB`, compiled]),
  ];
  console.log(`${relative(root, output)} for ${target}: ${facts.join(', ')}`);
}
