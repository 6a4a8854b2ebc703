import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { integrityOf, type LockedBase, parseBaseLock, sha256Of, verify } from './base-lock.ts';
import { removeAuthenticode } from './formats/remove-authenticode.ts';
import { download, extract } from './npm-package.ts';
import { cache, root } from './paths.ts';
import { stripTool } from './strip-tool.ts';
import { nodeVersion, type TargetName, targets } from './targets.ts';

export interface BaseRuntime {
  /** The folder that pkg must believe to be the user's home: its SEA mode looks for runtimes nowhere else. */
  readonly home: string;
  /** The binary itself: without symbols, and on Windows without its signature. */
  readonly binary: string;
  /** Changes whenever the runtime's bytes could: the binary's sha256 and what stripped it. */
  readonly fingerprint: string;
}

/**
 * Puts the verified, stripped Node.js binary of a target where pkg finds it, once.
 * Throws when what npm delivers is not what `bases.lock.json` names.
 */
export function baseRuntime(target: TargetName): BaseRuntime {
  const locked = parseBaseLock(readFileSync(join(root, 'build/bases.lock.json'), 'utf8'))[target];
  const strip = stripTool(target);
  const fingerprint = `${locked.sha256} ${strip?.version ?? 'not stripped'}`;

  const home = join(cache, 'home');
  const { archive, binary } = pkgPlaces(join(home, '.pkg-cache/sea'), target);
  // pkg asks only whether the `.ok` files exist; ours says of what the binary beside it was made.
  const made = `${binary}.ok`;
  if (existsSync(made) && readFileSync(made, 'utf8') === fingerprint) return { home, binary, fingerprint };

  mkdirSync(dirname(binary), { recursive: true });
  rmSync(made, { force: true });
  const draft = `${binary}.${process.pid}`;
  const original = verifiedBinary(target, locked);
  writeFileSync(draft, targets[target].format === 'pe' ? removeAuthenticode(original) : original);
  chmodSync(draft, 0o755);
  if (strip) execFileSync(strip.command, [strip.option, draft]);
  renameSync(draft, binary);
  for (const present of [archive, `${archive}.ok`]) writeFileSync(present, '');
  writeFileSync(made, fingerprint);
  return { home, binary, fingerprint };
}

/** Where pkg has a target's runtime in its cache, and the archive that it would have it from. */
function pkgPlaces(folder: string, target: TargetName): { archive: string; binary: string } {
  const { download: name, format } = targets[target];
  const runtime = join(folder, `node-v${nodeVersion}-${name}`);
  return format === 'pe'
    ? { archive: `${runtime}.zip`, binary: `${runtime}.exe` }
    : { archive: `${runtime}.tar.gz`, binary: join(runtime, 'bin/node') };
}

/** The host's own runtime is installed already, as the pinned runtime of build and tests; others are fetched. */
function verifiedBinary(target: TargetName, locked: LockedBase): Buffer {
  const { package: name, binary } = targets[target];
  const installed = join(root, 'node_modules', name, binary);
  if (existsSync(installed)) {
    const content = readFileSync(installed);
    if (sha256Of(content) === locked.sha256) return content;
  }
  const archive = download(name, locked.version);
  try {
    verify(
      `the integrity of ${name}@${locked.version}`,
      integrityOf(readFileSync(archive)),
      locked.integrity,
    );
    const content = extract(archive, binary);
    verify(`the sha256 of ${binary} in ${name}@${locked.version}`, sha256Of(content), locked.sha256);
    return content;
  } catch (error) {
    rmSync(archive);
    throw error;
  }
}
