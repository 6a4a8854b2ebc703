// Renews bases.lock.json from npm: `node build/lock-bases.ts [target...]`, all targets unless some are named.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BaseLock, integrityOf, type LockedBase, parseBaseLock, sha256Of } from './base-lock.ts';
import { download, extract } from './npm-package.ts';
import { root } from './paths.ts';
import { nodeVersion, type TargetName, targetNamed, targetNames, targets } from './targets.ts';

function lockBase(target: TargetName): LockedBase {
  const { package: name, binary } = targets[target];
  const archive = download(name, nodeVersion);
  return {
    package: name,
    version: nodeVersion,
    integrity: integrityOf(readFileSync(archive)),
    sha256: sha256Of(extract(archive, binary)),
  };
}

const asked = process.argv.slice(2).map(targetNamed);
const file = join(root, 'build/bases.lock.json');
const lock: Record<TargetName, LockedBase> = { ...parseBaseLock(readFileSync(file, 'utf8')) };
for (const target of targetNames) {
  if (asked.length > 0 && !asked.includes(target)) continue;
  lock[target] = lockBase(target);
  console.log(`${target}  ${lock[target].sha256}`);
}
writeFileSync(file, `${JSON.stringify(lock satisfies BaseLock, null, 2)}\n`);
