import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sha256Of } from './base-lock.ts';
import { type Description, describePe } from './formats/describe-pe.ts';
import { removeAuthenticode } from './formats/remove-authenticode.ts';
import { cache, root } from './paths.ts';
import { productDescription } from './product-description.ts';
import { lockedBinary, lockOf } from './runtime-package.ts';
import { type StripTool, stripTool } from './strip-tool.ts';
import { nodeVersion, type TargetName, targets } from './targets.ts';

export interface BaseRuntime {
  /** The folder that pkg must believe to be the user's home: its SEA mode looks for runtimes nowhere else. */
  readonly home: string;
  /** The binary itself: without symbols, and on Windows without its signature, and described as the product. */
  readonly binary: string;
  /** Changes whenever the runtime's bytes could: the binary's sha256, what stripped it, and how it is described. */
  readonly fingerprint: string;
}

/**
 * Puts the verified, stripped Node.js binary of a target where pkg finds it, once.
 * Throws when what npm delivers is not what `bases.lock.json` names.
 */
export function baseRuntime(target: TargetName): BaseRuntime {
  const strip = stripTool(target);
  const description = targets[target].format === 'pe' ? productDescription(target) : undefined;
  const fingerprint = fingerprintOf(target, strip, description);

  const home = join(cache, 'home');
  const { archive, binary } = pkgPlaces(join(home, '.pkg-cache/sea'), target);
  // pkg asks only whether the `.ok` files exist; ours says of what the binary beside it was made.
  const made = `${binary}.ok`;
  if (existsSync(made) && readFileSync(made, 'utf8') === fingerprint) return { home, binary, fingerprint };

  mkdirSync(dirname(binary), { recursive: true });
  rmSync(made, { force: true });
  const draft = `${binary}.${process.pid}`;
  const original = lockedBinary(target);
  writeFileSync(draft, description ? describePe(removeAuthenticode(original), description) : original);
  chmodSync(draft, 0o755);
  if (strip) execFileSync(strip.command, [strip.option, draft]);
  renameSync(draft, binary);
  for (const present of [archive, `${archive}.ok`]) writeFileSync(present, '');
  writeFileSync(made, fingerprint);
  return { home, binary, fingerprint };
}

/** @param description undefined where the runtime isn't described */
export function fingerprintOf(
  target: TargetName,
  strip: StripTool | null,
  description: Description | undefined,
): string {
  const described = description === undefined ? [] : [...describers(), JSON.stringify(description)];
  return [lockOf(target).sha256, strip?.version ?? 'not stripped', ...described].join(' ');
}

/** The files and packages that describe a Windows executable, in the state that they are in. */
function describers(): string[] {
  const read = (path: string) => readFileSync(join(root, path));
  const files = ['describe-pe.ts', 'pe.ts', 'remove-authenticode.ts'].map((file) =>
    sha256Of(read(`build/formats/${file}`)),
  );
  const packages = ['resedit', 'pe-library'].map(
    (name) => `${name}@${JSON.parse(read(`node_modules/${name}/package.json`).toString()).version}`,
  );
  return [...files, ...packages];
}

/** The places where pkg caches a target's runtime, and the archive that it would have it from. */
function pkgPlaces(folder: string, target: TargetName): { archive: string; binary: string } {
  const { download: name, format } = targets[target];
  const runtime = join(folder, `node-v${nodeVersion}-${name}`);
  return format === 'pe'
    ? { archive: `${runtime}.zip`, binary: `${runtime}.exe` }
    : { archive: `${runtime}.tar.gz`, binary: join(runtime, 'bin/node') };
}
