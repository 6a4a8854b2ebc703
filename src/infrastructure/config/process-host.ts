import { existsSync } from 'node:fs';
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
    read: readStart,
    write: async (path, text, options) =>
      (await import('./write-whole-file.ts')).writeWholeFile(path, text, options),
  };
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

/** Reads to the end, not to the size: `--config <(sops -d secrets.yaml)` names a pipe. */
async function readStart(path: string, limit: number): Promise<Uint8Array> {
  // Takes 1 ms to load, and most starts read no file.
  const { open } = await import('node:fs/promises');
  const file = await open(path);
  try {
    const bytes = Buffer.alloc(limit);
    let length = 0;
    let bytesRead: number;
    do {
      ({ bytesRead } = await file.read(bytes, length, limit - length));
      length += bytesRead;
    } while (bytesRead > 0);
    return bytes.subarray(0, length);
  } finally {
    await file.close();
  }
}
