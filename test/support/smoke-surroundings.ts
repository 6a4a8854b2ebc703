import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { executableOf } from '../../build/paths.ts';
import { canRun, type NoRunner, type Runner, runnerOf } from '../../build/runner.ts';
import { hostTarget, type TargetName, targetNames, targets } from '../../build/targets.ts';

/** The surroundings in which an executable is run. */
export interface Surroundings {
  readonly name: string;
  readonly target: TargetName;
  /** The command line; with none, what is lacking for it. */
  readonly command: readonly string[] | null;
  readonly env: Readonly<Record<string, string>>;
  readonly lacking?: string;
}

/**
 * Every target in an environment without a variable but what its emulator needs; this machine's own on Linux also in a
 * folder that has nothing but it and the libraries that it is linked to.
 *
 * @param folder an empty one, to make such a folder in
 */
export function surroundings(folder: string): Surroundings[] {
  const host = hostTarget();
  const emptied = targetNames.map((target) => within(target, runnerOf(target)));
  return targets[host].os === 'linux' ? [...emptied, bareFolder(host, join(folder, 'bare'))] : emptied;
}

const isBuilt = (target: TargetName) => existsSync(executableOf(target));

const NOT_BUILT = 'it is not built';

function within(target: TargetName, runner: Runner | NoRunner): Surroundings {
  if (!isBuilt(target)) return { name: target, target, command: null, env: {}, lacking: NOT_BUILT };
  if (!canRun(runner)) return { name: target, target, command: null, env: {}, lacking: runner.lacking };
  const name = `${target} on ${runner.name}, in an empty environment`;
  return { name, target, command: [...runner.prefix, executableOf(target)], env: runner.env };
}

function bareFolder(target: TargetName, folder: string): Surroundings {
  const name = `${target} in a bare folder as its root`;
  if (!isBuilt(target)) return { name, target, command: null, env: {}, lacking: NOT_BUILT };
  // Absolute, as no PATH will be there.
  const change = '/usr/sbin/chroot';
  const chroot = [[change], ['/usr/bin/unshare', '--map-root-user', change]].find(
    ([command = '', ...args]) => spawnSync(command, [...args, '/', '/bin/true']).status === 0,
  );
  if (!chroot) return { name, target, command: null, env: {}, lacking: 'nobody here may change the root' };
  const libraries = execFileSync('ldd', [executableOf(target)], { encoding: 'utf8' });
  for (const [file] of libraries.matchAll(/\/\S+/g)) copyInto(folder, file, file);
  copyInto(folder, executableOf(target), '/tfo-mcp');
  return { name, target, command: [...chroot, folder, '/tfo-mcp'], env: {} };
}

function copyInto(folder: string, file: string, as: string): void {
  const copy = join(folder, as);
  mkdirSync(dirname(copy), { recursive: true });
  copyFileSync(file, copy);
}
