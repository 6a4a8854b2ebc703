import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { cache, root } from '../../../build/paths.ts';

/** A client from npm, in a folder of its own. */
export interface InstalledClient {
  /** The version of the package that the client is. */
  readonly version: string;
  /** The absolute path of a file among the installed packages. */
  file(path: string): string;
  /** The absolute path of the script of ours that uses the packages, for those that are no programs. */
  readonly script: string;
}

const fixtures = join(root, 'test/fixtures/clients');

/** Begins with the pinned Node.js: npm chooses versions and builds by the one that runs it. */
export const pathOfPrograms = [join(root, 'node_modules/.bin'), process.env['PATH']].join(delimiter);

/**
 * Installs a client of `test/fixtures/clients` into the cache, anew when a file there changes. Two processes may do it at the
 * same time. The one that is later throws its copy away.
 */
export function installClient(name: string): InstalledClient {
  const fixture = join(fixtures, name);
  const digest = createHash('sha256').update(process.version);
  for (const file of readdirSync(fixture).sort()) digest.update(readFileSync(join(fixture, file)));
  const folder = join(cache, 'clients', `${name}-${digest.digest('hex').slice(0, 12)}`);
  if (!existsSync(folder)) install(fixture, folder);
  const file = (path: string) => join(folder, 'node_modules', path);
  const [id = ''] = Object.keys(readJson(join(fixture, 'package.json')).dependencies);
  return { version: readJson(file(`${id}/package.json`)).version, file, script: join(folder, 'drive.mjs') };
}

const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

function install(fixture: string, folder: string): void {
  console.error(`Installing ${basename(fixture)} from npm ...`);
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  cpSync(fixture, unfinished, { recursive: true });
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const env = { ...process.env, PATH: pathOfPrograms };
  const { status, stderr, error } = spawnSync('npm', args, { cwd: unfinished, env, encoding: 'utf8' });
  if (status !== 0) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new Error(`Expected npm to install ${fixture}, got ${error?.message ?? stderr}`);
  }
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(unfinished, { recursive: true, force: true });
  }
}
