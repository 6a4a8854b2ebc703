import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cache } from './paths.ts';
import { hostTarget, type TargetName } from './targets.ts';

/** A way to run a target's programs on this machine. */
export interface Runner {
  /** In words, like "qemu-user". */
  readonly name: string;
  /** Words before the program on its command line. */
  readonly prefix: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The reason why a target's programs can't be run here. */
export interface NoRunner {
  readonly lacking: string;
}

/** The folder into which Debian's packages for cross-compiling put the libraries of 64-bit ARM. */
const armLibraries = '/usr/aarch64-linux-gnu';

/**
 * Finds a way to run a target's programs on this machine: the machine itself, or an emulator if it is installed. Under Wine, standard
 * input and output have to be files: Node.js finds its pipes broken there.
 */
export function runnerOf(target: TargetName): Runner | NoRunner {
  if (target === hostTarget()) return { name: 'this machine', prefix: [], env: {} };
  if (target === 'linux-arm64') return qemu();
  if (target === 'win-x64') return wine();
  return { lacking: `nothing but such a machine runs ${target}` };
}

export function canRun(runner: Runner | NoRunner): runner is Runner {
  return !('lacking' in runner);
}

function qemu(): Runner | NoRunner {
  const command = firstOf(['qemu-aarch64-static', 'qemu-aarch64']);
  if (!command) return { lacking: 'no qemu-aarch64 (Debian: qemu-user-static)' };
  if (!existsSync(join(armLibraries, 'lib/libstdc++.so.6')))
    return { lacking: `no libraries in ${armLibraries} (Debian: libstdc++6-arm64-cross)` };
  return { name: 'qemu-user', prefix: [command, '-L', armLibraries], env: {} };
}

function wine(): Runner | NoRunner {
  const command = firstOf(['wine64', 'wine'], ['/usr/lib/wine']);
  if (!command) return { lacking: 'no wine64 (Debian: wine64)' };
  return {
    name: 'Wine',
    prefix: [command],
    // Wine says that it is Windows 7, which Node.js refuses.
    env: { WINEPREFIX: join(cache, 'wine'), WINEDEBUG: '-all', NODE_SKIP_PLATFORM_CHECK: '1' },
  };
}

/** The first of the commands that is in PATH, or in one of the folders; absolute. */
function firstOf(commands: readonly string[], folders: readonly string[] = []): string | undefined {
  const path = [...(process.env['PATH'] ?? '').split(delimiter), ...folders];
  return commands
    .flatMap((command) => path.map((folder) => join(folder, command)))
    .find((file) => existsSync(file));
}
