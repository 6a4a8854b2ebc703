import childProcess from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { cache } from './paths.ts';
import { hostTarget, nodeVersion, type TargetName } from './targets.ts';

interface SealOptions {
  readonly target: TargetName;
  /** The bundle to seal into the executable. */
  readonly bundle: string;
  /** The executable to make, absolute; replaced whole, so that whoever runs the old one is not disturbed. */
  readonly output: string;
  /** The folder with the base runtimes, see `baseRuntime`. */
  readonly home: string;
}

/**
 * Makes a single executable of a bundle, by pkg's SEA mode. The same inputs give the same bytes in any folder.
 *
 * pkg's command line has no way to pass a SEA configuration, so this calls the module behind it: an internal one,
 * which is why package.json pins pkg exactly. It reads HOME and TMPDIR, so one call at a time.
 */
export async function seal({ target, bundle, output, home }: SealOptions): Promise<void> {
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'seal-'));
  try {
    copyFileSync(bundle, join(work, basename(bundle)));
    const draft = join(work, basename(output));
    process.env['HOME'] = home;
    process.env['TMPDIR'] = work;
    const { sea, log } = await loadPkg();
    log.info = () => undefined;
    const [platform, arch] = target.split('-') as ['linux' | 'macos' | 'win', string];
    await sea(bundle, {
      targets: [{ nodeRange: `node${nodeVersion}`, platform, arch, output: draft }],
      // macOS runs nothing that is unsigned; elsewhere this does nothing.
      signature: true,
      seaConfig: seaConfig(target, basename(bundle)),
    });
    mkdirSync(dirname(output), { recursive: true });
    renameSync(draft, output);
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** The configuration of Node.js's single executables, with the keys that pkg's type does not know but passes on. */
function seaConfig(target: TargetName, bundleName: string) {
  return {
    // The executable records this path; pkg works in a folder inside the one with the bundle.
    main: `../${bundleName}`,
    disableExperimentalSEAWarning: true,
    useSnapshot: false,
    // V8 accepts one only on the platform that made it.
    useCodeCache: target === hostTarget(),
    // node:sqlite warns that it is experimental; clients show stderr to people.
    execArgv: ['--no-warnings'],
    // The user's NODE_OPTIONS are meant for other programs.
    execArgvExtension: 'none',
  };
}

/**
 * Loads pkg so that Node.js makes the blob with a fixed seed: without one the code cache differs in every build.
 * pkg takes `execFile` when it is loaded, and has no option for the generator's arguments.
 */
async function loadPkg() {
  const { execFile } = childProcess;
  const seeded = (file: string, args: string[], ...rest: []) =>
    execFile(file, args[0] === '--experimental-sea-config' ? ['--random-seed=1', ...args] : args, ...rest);
  childProcess.execFile = seeded as typeof execFile;
  const [sea, { log }] = await Promise.all([
    import('@yao-pkg/pkg/lib-es5/sea.js'),
    import('@yao-pkg/pkg/lib-es5/log.js'),
  ]);
  childProcess.execFile = execFile;
  return { sea: sea.default.default, log };
}
