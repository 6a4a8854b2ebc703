import { randomUUID } from 'node:crypto';
import { closeSync, lstatSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { codeOf } from '../file-failure.ts';
import { retryWhileInUse } from '../retry-while-in-use.ts';
import { temporaryName } from './write-temporary.ts';

/** A lock that this process has. */
export interface FileLock {
  /** False once another process took it for one that was left behind: this one was suspended, it may be. */
  isHeld(): boolean;
  /** Gives it back, unless another process has it now. */
  release(): Promise<void>;
}

/**
 * Takes a lock: a file that one process at a time can make. It goes with the process, unless that is killed: making it and knowing
 * of it are one stretch, so that no signal comes between them.
 * @returns undefined where another process has it
 */
export async function takeLock(path: string): Promise<FileLock | undefined> {
  const owner = randomUUID();
  const isHeld = () => ownerIn(path) === owner;
  const remove = () => {
    if (isHeld()) rmSync(path, { force: true });
  };
  try {
    await retryWhileInUse(async () => {
      make(path, owner);
      process.once('exit', remove);
    });
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return undefined;
    throw error;
  }
  return {
    isHeld,
    release: () =>
      retryWhileInUse(async () => {
        remove();
        process.off('exit', remove);
      }),
  };
}

function make(path: string, owner: string): void {
  const handle = openSync(path, 'wx', 0o600);
  try {
    writeSync(handle, owner);
  } catch (error) {
    rmSync(path, { force: true }); // a full disk takes the name, and not what is in it
    throw error;
  } finally {
    closeSync(handle);
  }
}

function ownerIn(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Removes a lock that is older than its holder can need it, or younger than now: that one was killed. Throws what node:fs throws, and
 * an error for a directory in its place.
 */
export async function dropStaleLock(path: string, mostMs: number): Promise<void> {
  if (!isStale(path, mostMs)) return;
  const aside = join(dirname(path), temporaryName());
  try {
    await retryWhileInUse(async () => renameSync(path, aside));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return; // another process was faster
    throw error;
  }
  // Another process was faster, and has it by now: it goes on having it.
  if (isStale(aside, mostMs)) await retryWhileInUse(async () => rmSync(aside, { force: true }));
  else await retryWhileInUse(async () => renameSync(aside, path));
}

function isStale(path: string, mostMs: number): boolean {
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (status?.isDirectory()) throw new Error(`"${path}" is a directory, where a lock has to be: remove it`);
  return status !== undefined && Math.abs(Date.now() - status.mtimeMs) > mostMs;
}
