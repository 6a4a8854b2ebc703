import { existsSync, statSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import type { ConfigurationHost } from './configuration-host.ts';

/** This process's own environment, user and files. Made at every start: what it doesn't need, it doesn't load. */
export function processHost(): ConfigurationHost {
  return {
    environment: process.env,
    platform: process.platform,
    homeDirectory: findHome(),
    workingDirectory: findWorkingDirectory(),
    exists: existsSync,
    isDirectory,
    read: async (path, limit) => (await import('../files/read/read-start.ts')).readStart(path, limit),
    write: async (path, text, options) =>
      (await import('../files/write/write-whole-file.ts')).writeWholeFile(path, text, options),
  };
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false; // nothing is there, or nothing that can be looked at
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
