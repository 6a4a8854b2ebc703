import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { integrityOf, type LockedBase, parseBaseLock, sha256Of, verify } from './base-lock.ts';
import { download, extract } from './npm-package.ts';
import { root } from './paths.ts';
import { type TargetName, targets } from './targets.ts';

/** The Node.js binary of a target, as it was when it was locked. Throws when npm delivers another. */
export function lockedBinary(target: TargetName): Buffer {
  const { package: name, binary } = targets[target];
  const { version, sha256 } = lockOf(target);
  const installed = installedFile(target, binary);
  // The host's own runtime is installed already, as the pinned runtime of build and tests; others are fetched.
  if (installed && sha256Of(installed) === sha256) return installed;
  const content = extract(archiveOf(target), binary);
  verify(`the sha256 of ${binary} in ${name}@${version}`, sha256Of(content), sha256);
  return content;
}

/** Node.js's license, with those of all that it is made of: the packages for Windows have none. */
export function nodeLicense(): string {
  const content = installedFile('linux-x64', 'LICENSE') ?? extract(archiveOf('linux-x64'), 'LICENSE');
  return content.toString();
}

/** The state of a target's runtime when it was locked. */
export function lockOf(target: TargetName): LockedBase {
  return parseBaseLock(readFileSync(join(root, 'build/bases.lock.json'), 'utf8'))[target];
}

function installedFile(target: TargetName, path: string): Buffer | null {
  const file = join(root, 'node_modules', targets[target].package, path);
  return existsSync(file) ? readFileSync(file) : null;
}

function archiveOf(target: TargetName): string {
  const { package: name, version, integrity } = lockOf(target);
  const archive = download(name, version);
  try {
    verify(`the integrity of ${name}@${version}`, integrityOf(readFileSync(archive)), integrity);
  } catch (error) {
    rmSync(archive);
    throw error;
  }
  return archive;
}
