import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { removeAuthenticode } from './formats/remove-authenticode.ts';
import { cache } from './paths.ts';
import { lockedBinary, lockOf } from './runtime-package.ts';
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
  const strip = stripTool(target);
  const fingerprint = `${lockOf(target).sha256} ${strip?.version ?? 'not stripped'}`;

  const home = join(cache, 'home');
  const { archive, binary } = pkgPlaces(join(home, '.pkg-cache/sea'), target);
  // pkg asks only whether the `.ok` files exist; ours says of what the binary beside it was made.
  const made = `${binary}.ok`;
  if (existsSync(made) && readFileSync(made, 'utf8') === fingerprint) return { home, binary, fingerprint };

  mkdirSync(dirname(binary), { recursive: true });
  rmSync(made, { force: true });
  const draft = `${binary}.${process.pid}`;
  const original = lockedBinary(target);
  writeFileSync(draft, targets[target].format === 'pe' ? removeAuthenticode(original) : original);
  chmodSync(draft, 0o755);
  if (strip) execFileSync(strip.command, [strip.option, draft]);
  renameSync(draft, binary);
  for (const present of [archive, `${archive}.ok`]) writeFileSync(present, '');
  writeFileSync(made, fingerprint);
  return { home, binary, fingerprint };
}

/** The places where pkg caches a target's runtime, and the archive that it would have it from. */
function pkgPlaces(folder: string, target: TargetName): { archive: string; binary: string } {
  const { download: name, format } = targets[target];
  const runtime = join(folder, `node-v${nodeVersion}-${name}`);
  return format === 'pe'
    ? { archive: `${runtime}.zip`, binary: `${runtime}.exe` }
    : { archive: `${runtime}.tar.gz`, binary: join(runtime, 'bin/node') };
}
