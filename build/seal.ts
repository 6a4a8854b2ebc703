import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { BaseRuntime } from './base-runtime.ts';
import { makeCodeCache } from './code-cache.ts';
import { cache, root } from './paths.ts';
import { hostTarget, nodeVersion, type TargetName } from './targets.ts';

interface SealOptions {
  readonly target: TargetName;
  /** The bundle to seal into the executable. */
  readonly bundle: string;
  /** The executable to make, absolute; replaced whole, so that whoever runs the old one is not disturbed. */
  readonly output: string;
  readonly base: BaseRuntime;
}

/**
 * Makes a single executable of a bundle, by pkg's SEA mode. The same inputs give the same bytes in any folder.
 *
 * pkg's command line has no way to pass a SEA configuration, so this calls the module behind it: an internal one,
 * which is why package.json pins pkg exactly. It reads HOME and TMPDIR, so one call at a time.
 */
export async function seal({ target, bundle, output, base }: SealOptions): Promise<void> {
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'seal-'));
  try {
    const boot = join(work, 'boot.cjs');
    writeFileSync(boot, readFileSync(join(root, 'build/boot.cjs')));
    const draft = join(work, basename(output));
    process.env['HOME'] = base.home;
    process.env['TMPDIR'] = work;
    const [sea, { log }] = await Promise.all([
      import('@yao-pkg/pkg/lib-es5/sea.js'),
      import('@yao-pkg/pkg/lib-es5/log.js'),
    ]);
    log.info = () => undefined;
    const [platform, arch] = target.split('-') as ['linux' | 'macos' | 'win', string];
    await sea.default.default(boot, {
      targets: [{ nodeRange: `node${nodeVersion}`, platform, arch, output: draft }],
      // macOS runs nothing that is unsigned; elsewhere this does nothing.
      signature: true,
      seaConfig: seaConfig(basename(boot), makeAssets(target, bundle, base, work)),
    });
    mkdirSync(dirname(output), { recursive: true });
    renameSync(draft, output);
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** The bundle as the function that boot.cjs calls, and its compiled code: an empty one where it can't be made here. */
function makeAssets(target: TargetName, bundle: string, { binary }: BaseRuntime, work: string) {
  const assets = { bundle: join(work, 'wrapped.cjs'), 'code-cache': join(work, 'code-cache') };
  writeFileSync(
    assets.bundle,
    `(function(exports,require,module){${readFileSync(bundle, 'latin1')}\n})`,
    'latin1',
  );
  if (target === hostTarget()) makeCodeCache(binary, assets.bundle, assets['code-cache']);
  else writeFileSync(assets['code-cache'], '');
  return assets;
}

/** The configuration of Node.js's single executables, with the keys that pkg's type does not know but passes on. */
function seaConfig(boot: string, assets: Record<string, string>) {
  return {
    // The executable records this path; pkg works in a folder inside the one with the file.
    main: `../${boot}`,
    assets,
    disableExperimentalSEAWarning: true,
    useSnapshot: false,
    useCodeCache: false,
    // node:sqlite warns that it is experimental; clients show stderr to people.
    execArgv: ['--no-warnings'],
    // The user's NODE_OPTIONS are meant for other programs.
    execArgvExtension: 'none',
  };
}
