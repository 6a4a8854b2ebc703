import { execFileSync, type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cache } from '../../build/paths.ts';

/**
 * Finds a program of a Debian package: on PATH, else unpacked into the cache, without installing it. Undefined where it can't be had.
 * @param path inside the package, such as `usr/sbin/nginx`
 */
export function debianProgram(name: string, path: string): string | undefined {
  const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim();
  if (found !== '') return found;
  const folder = join(cache, 'debian', name);
  const program = join(folder, path);
  if (existsSync(program)) return program;
  try {
    unpack(name, folder);
    return program;
  } catch {
    return undefined; // no Debian, or no way to its packages
  }
}

function unpack(name: string, folder: string): void {
  const draft = `${folder}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  try {
    const options: Pick<SpawnSyncOptions, 'cwd' | 'stdio' | 'timeout'> = {
      cwd: draft,
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: 120_000,
    };
    if (spawnSync('apt-get', ['download', name], options).status !== 0) {
      execFileSync('apt-get', ['update'], options);
      execFileSync('apt-get', ['download', name], options);
    }
    for (const file of globSync('*.deb', { cwd: draft }))
      execFileSync('dpkg-deb', ['-x', file, '.'], options);
    rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
