import { accessSync, constants, lstatSync, statfsSync, statSync } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';
import type { ConfigurationHost, FoundThing } from './configuration-host.ts';

/** This process's own environment, user and files. Made at every start: what it doesn't need, it doesn't load. */
export function processHost(): ConfigurationHost {
  return {
    environment: process.env,
    platform: process.platform,
    homeDirectory: findHome(),
    workingDirectory: findWorkingDirectory(),
    exists,
    look,
    isWritable,
    read: async (path, limit) => (await import('../files/read/read-start.ts')).readStart(path, limit),
    write: async (path, text, options) =>
      (await import('../files/write/write-whole-file.ts')).writeWholeFile(path, text, options),
  };
}

/** Also true in a folder of ours that this user may not enter: what is there must not count as nothing. A home like that is none. */
function exists(path: string): boolean {
  return isThere(path) ?? isThere(dirname(path)) ?? false;
}

/** @returns undefined where that can't be seen */
function isThere(path: string): boolean | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOTDIR' ? false : undefined;
  }
}

function look(path: string): FoundThing | undefined {
  try {
    const stats = statSync(path);
    const mode = process.platform === 'win32' ? undefined : stats.mode & 0o777;
    if (stats.isDirectory()) return { kind: 'directory', mode };
    return { kind: stats.isFile() ? 'file' : 'other', mode };
  } catch {
    return undefined; // nothing is there, or nothing that can be looked at
  }
}

/** File systems of Linux that show the kernel: /proc and /sys. Not even root, who may write everywhere, makes a file there. */
const KERNEL_FILE_SYSTEMS: readonly number[] = [0x9fa0, 0x62656572];

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return process.platform !== 'linux' || !KERNEL_FILE_SYSTEMS.includes(statfsSync(path).type);
  } catch {
    return false;
  }
}

/** As `os.homedir` does, which is asked only when its variable is missing: loading it takes 0.2 ms. */
function findHome(): string | undefined {
  const variable = process.platform === 'win32' ? process.env['USERPROFILE'] : process.env['HOME'];
  const home = variable || askForHome();
  // A relative one would make the working directory a place where configurations are searched.
  return home !== undefined && isAbsolute(home) ? home : undefined;
}

function askForHome(): string | undefined {
  try {
    return process.getBuiltinModule('node:os').homedir();
  } catch {
    // A user without an entry in passwd has none.
    return undefined;
  }
}

function findWorkingDirectory(): string {
  try {
    return process.cwd();
  } catch {
    // The directory that the process was started in may have been removed since.
    return '/';
  }
}
