import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { makeFixtures } from './fixtures.ts';
import { homeFiles } from './home-files.ts';
import { harnessRuntime, home, root, runtime } from './paths.ts';
import { type Origin, peerFolder, type ServerEntry } from './server-entry.ts';

/** Makes what is missing, once, and names the servers that can be measured here; says which cannot, and why. */
export function prepare(wanted: readonly ServerEntry[]): string[] {
  for (const [path, text] of Object.entries(homeFiles)) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text);
  }
  makeFixtures();
  if (isOlder(harnessRuntime, runtime)) {
    const copy = `${harnessRuntime}.new`; // renamed when whole, so that a copy that was broken off is made again
    copyFileSync(runtime, copy);
    renameSync(copy, harnessRuntime);
  }
  return wanted.flatMap((server) => {
    const missing = prepareServer(server);
    if (missing === undefined) return server.name;
    console.error(`Without ${server.name}: ${missing}`);
    return [];
  });
}

/** The reason why a server cannot be measured; undefined when it can. Throws when it is ours that is missing. */
function prepareServer({ name, command, origin }: ServerEntry): string | undefined {
  switch (origin.kind) {
    case 'source':
      return undefined;
    case 'ours':
      if (existsSync(origin.file)) return undefined;
      throw new Error(`Expected "${relative(root, origin.file)}", found nothing; build it first: make build`);
    case 'compiled':
      return compile(origin.source, command);
    case 'program':
      return spawnSync(origin.program, ['--version']).error
        ? `this machine has no ${origin.program} (${origin.hint})`
        : undefined;
    case 'npm':
      return install(name, origin);
  }
}

function isOlder(file: string, source: string): boolean {
  return !existsSync(file) || statSync(file).mtimeMs < statSync(source).mtimeMs;
}

function compile(source: string, binary: string): string | undefined {
  if (!isOlder(binary, source)) return undefined;
  const { status, error, stderr } = spawnSync('cc', ['-O2', '-o', binary, source], { encoding: 'utf8' });
  if (error) return 'this machine has no C compiler (cc)';
  return status === 0 ? undefined : `cc failed: ${stderr.trim()}`;
}

/** A peer in a folder of its own, installed anew when its packages change. */
function install(name: string, { packages, entry }: Extract<Origin, { kind: 'npm' }>): string | undefined {
  const folder = peerFolder(name);
  const manifest = JSON.stringify({ private: true, type: 'module', dependencies: packages });
  const marker = join(folder, '.installed');
  if (!existsSync(marker) || readFileSync(marker, 'utf8') !== manifest) {
    console.error(`Installing ${name} from npm ...`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), manifest);
    try {
      execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
        cwd: folder,
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    } catch (error) {
      return `npm could not install it (${error instanceof Error ? error.message : error})`;
    }
    writeFileSync(marker, manifest);
  }
  if (entry !== undefined)
    copyFileSync(join(import.meta.dirname, 'peers', entry), join(folder, 'server.mjs'));
  return undefined;
}
