import { chmodSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { guideAsset } from '../src/composition/read-guide.ts';
import { type GuideName, guideNames } from '../src/presentation/cli/guide-names.ts';
import type { BaseRuntime } from './base-runtime.ts';
import { filesOf } from './bundle.ts';
import { makeCodeCache } from './code-cache.ts';
import { signMachO } from './formats/sign-mach-o.ts';
import { verifyExecutable } from './formats/verify-executable.ts';
import { cache, root } from './paths.ts';
import { canRun, type NoRunner, type Runner } from './runner.ts';
import { executableName, nodeVersion, type TargetName, targets } from './targets.ts';

interface SealOptions {
  readonly target: TargetName;
  /** The bundle to seal into the executable, with the optional packages beside it. */
  readonly bundle: string;
  /** The executable to make, absolute; replaced whole, so that whoever runs the old one is not disturbed. */
  readonly output: string;
  readonly base: BaseRuntime;
  /** Compiles the bundle; without one, the executable does it at each start. */
  readonly runner: Runner | NoRunner;
}

/**
 * Makes a single executable of a bundle, by pkg's SEA mode, and verifies it. The same inputs give the same bytes in any folder.
 *
 * pkg's command line has no way to pass a SEA configuration, so this calls the module behind it: an internal one,
 * which is why package.json pins pkg exactly. It reads HOME and TMPDIR, so one call at a time.
 */
export async function seal({ target, bundle, output, base, runner }: SealOptions): Promise<void> {
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'seal-'));
  try {
    writeFileSync(join(work, 'boot.cjs'), readFileSync(join(root, 'build/boot.cjs')));
    const files = filesOf(bundle);
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(work, `${name}.cjs`), wrapped(content));
      writeFileSync(join(work, `${name}-cache`), '');
    }
    if (canRun(runner)) makeCodeCache({ binary: base.binary, runner }, work);
    const draft = join(work, executableName(target));
    await inject(target, base, work, draft);
    if (targets[target].format === 'mach-o') writeFileSync(draft, signMachO(readFileSync(draft), 'tfo-mcp'));
    chmodSync(draft, 0o755);
    verifyExecutable(target, readFileSync(draft), files);
    mkdirSync(dirname(output), { recursive: true });
    renameSync(draft, output);
  } finally {
    rmSync(work, { recursive: true });
  }
}

async function inject(target: TargetName, base: BaseRuntime, work: string, output: string): Promise<void> {
  process.env['HOME'] = base.home;
  process.env['TMPDIR'] = work;
  const [sea, { log }] = await Promise.all([
    import('@yao-pkg/pkg/lib-es5/sea.js'),
    import('@yao-pkg/pkg/lib-es5/log.js'),
  ]);
  log.info = () => undefined;
  const [platform, arch] = target.split('-') as ['linux' | 'macos' | 'win', string];
  await sea.default.default(join(work, 'boot.cjs'), {
    targets: [{ nodeRange: `node${nodeVersion}`, platform, arch, output }],
    // It would ask a Mac's codesign.
    signature: false,
    seaConfig: seaConfig(work),
  });
}

/** The Markdown of a guide. */
const guideFile = (name: GuideName): string => join(root, `src/guides/${name}.md`);

/** A file as the function that boot.cjs calls. */
function wrapped(file: Buffer): Buffer {
  return Buffer.concat([Buffer.from('(function(exports,require,module){'), file, Buffer.from('\n})')]);
}

/** The configuration of Node.js's single executables, with the keys that pkg's type does not know but passes on. */
function seaConfig(work: string) {
  return {
    // The executable records this path; pkg works in a folder inside the one with the file.
    main: '../boot.cjs',
    assets: {
      bundle: join(work, 'bundle.cjs'),
      'bundle-cache': join(work, 'bundle-cache'),
      optional: join(work, 'optional.cjs'),
      'optional-cache': join(work, 'optional-cache'),
      ...Object.fromEntries(guideNames.map((name) => [guideAsset(name), guideFile(name)])),
    },
    disableExperimentalSEAWarning: true,
    useSnapshot: false,
    useCodeCache: false,
    // node:sqlite warns that it is experimental; clients show stderr to people.
    execArgv: ['--no-warnings'],
    // The user's NODE_OPTIONS are meant for other programs.
    execArgvExtension: 'none',
  };
}
