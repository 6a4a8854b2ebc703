import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cache } from './paths.ts';

/** The path at which `download` keeps an archive. */
function archivePath(name: string, version: string): string {
  return join(cache, 'npm', `${name}-${version}.tgz`);
}

/** Downloads an npm package once. Returns the path of its archive, whose content is not verified yet. */
export function download(name: string, version: string): string {
  const archive = archivePath(name, version);
  if (existsSync(archive)) return archive;
  mkdirSync(join(cache, 'npm'), { recursive: true });
  const folder = mkdtempSync(join(cache, 'npm', 'pack-'));
  try {
    execFileSync('npm', ['pack', '--silent', `${name}@${version}`, '--pack-destination', folder], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    renameSync(join(folder, `${name}-${version}.tgz`), archive);
  } finally {
    rmSync(folder, { recursive: true });
  }
  return archive;
}

/** One file's content out of a package's archive. */
export function extract(archive: string, path: string): Buffer {
  return execFileSync('tar', ['-xzOf', archive, `package/${path}`], { maxBuffer: 2 ** 29 });
}
