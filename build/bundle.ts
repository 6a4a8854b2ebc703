// Bundles the product into one CommonJS file: `node build/bundle.ts`; with --fixtures, the tests' server instead.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { finishedConfiguration } from './finished-configuration.ts';
import { finishedDescriptions } from './finished-descriptions.ts';
import { optionalFile, optionalInSecondFile } from './optional-packages.ts';
import { dist, root } from './paths.ts';
import { slimClaudeSdk } from './slim-claude-sdk.ts';
import { toolsAtOnce } from './tools-at-once.ts';

/** The file that `src/main.ts` becomes. */
export const productBundle = join(dist, 'tfo-mcp.cjs');

interface BundleOptions {
  /** A TypeScript file; absolute, like `outfile`. */
  readonly entry: string;
  readonly outfile: string;
  readonly plugins?: Plugin[];
}

/**
 * Makes one CommonJS file that needs only Node.js, and what `plugins` put beside it. The same sources give the same bytes in any folder.
 * Each file is replaced whole, so that whoever runs the old one is not disturbed. Throws on esbuild's warnings too.
 * Returns the sources that it has code of, relative to the repository.
 */
export async function bundle({ entry, outfile, plugins = [] }: BundleOptions): Promise<string[]> {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { outputFiles, warnings, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [relative(root, entry)],
    bundle: true,
    plugins,
    write: false,
    metafile: true,
    logLevel: 'silent',
    platform: 'node',
    format: 'cjs',
    // Older than what the bundle runs on: it must be parsed by an older Node.js for the banner to be read at all.
    target: 'node16',
    minify: true,
    legalComments: 'none',
    // `await import()` becomes a lazy require within the file: a single executable loads no file but those that it carries.
    supported: { 'dynamic-import': false },
    // Found beside the executable it would be loaded; ours is as fast, and known.
    alias: { bufferutil: './src/presentation/transport/http/older/web-socket-mask.ts' },
    define: {
      __TFO_MCP_VERSION__: JSON.stringify(manifest.version),
      __TFO_MCP_COMMIT__: JSON.stringify(commit()),
      // Vite's, asked for by consola; Node.js has none.
      'import.meta.env': 'undefined',
      // Node.js has what ws would ask another addon for.
      'process.env.WS_NO_UTF_8_VALIDATE': '"1"',
    },
    banner: { js: `"use strict";${refuseOldNode(manifest.name, manifest.engines.node)}` },
  });
  // Among them: `import.meta.url`, which a CommonJS file has not and which would be silently undefined.
  for (const { text, location } of warnings) {
    throw new Error(
      `Expected a bundle without warnings, got in ${location?.file}, line ${location?.line}: ${text}`,
    );
  }

  mkdirSync(dirname(outfile), { recursive: true });
  // The bundle last: a new one finds no older file beside it.
  for (const { path, contents } of outputFiles.reverse())
    replace(path === optionalFile ? join(dirname(outfile), path) : outfile, contents);
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  return inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
}

function replace(file: string, contents: Uint8Array): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, contents);
  renameSync(draft, file);
}

/** One line for who runs the bundle with a Node.js that lacks what it needs, instead of a stack trace. */
function refuseOldNode(name: string, engines: string): string {
  const [, major, minor] = /^>=(\d+)\.(\d+)$/.exec(engines) ?? [];
  if (!major || !minor)
    throw new Error(`Expected package.json's "engines.node" to be like ">=22.21", got "${engines}"`);
  return (
    `{const v=process.versions.node.split(".");` +
    `if(v[0]<${major}||v[0]==${major}&&v[1]<${minor}){` +
    `console.error("${name} needs Node.js ${major}.${minor} or newer, this is "+process.version);process.exit(1)}}`
  );
}

/** The commit that is built, short; 'unknown' outside git. */
function commit(): string {
  try {
    // Not `git -C`: an unpacked archive inside some other repository is not that repository's commit.
    const gitDir = `--git-dir=${join(root, '.git')}`;
    return execFileSync('git', [gitDir, 'rev-parse', 'HEAD'], { encoding: 'utf8', stdio: 'pipe' }).slice(
      0,
      10,
    );
  } catch {
    return 'unknown';
  }
}

/** Bundles the server that has what the product lacks, for the tests to spawn; does nothing before it exists. */
export async function bundleFixtures(): Promise<void> {
  const entry = join(root, 'test/fixtures/fixture-server.ts');
  if (existsSync(entry)) await bundle({ entry, outfile: join(dist, 'test/fixture-server.cjs') });
}

/** Plugins that put something else in the place of some of the product's modules. */
export const productPlugins = [
  finishedDescriptions,
  finishedConfiguration,
  toolsAtOnce,
  slimClaudeSdk,
  optionalInSecondFile(),
];

/** The contents of a bundle, and of the optional packages beside it. */
export interface BundleFiles {
  readonly bundle: Buffer;
  readonly optional: Buffer;
}

/** Reads a bundle, and the optional packages beside it. */
export function filesOf(bundle: string): BundleFiles {
  return { bundle: readFileSync(bundle), optional: readFileSync(join(dirname(bundle), optionalFile)) };
}

/** Bundles the product. Returns the sources that it has code of, relative to the repository. */
export async function bundleProduct(): Promise<string[]> {
  return await bundle({
    entry: join(root, 'src/main.ts'),
    outfile: productBundle,
    plugins: productPlugins,
  });
}

if (import.meta.main) await (process.argv.includes('--fixtures') ? bundleFixtures() : bundleProduct());
