import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { lstat, readdir, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { codeOf } from '../file-failure.ts';
import type { OpenFolder } from './open-folder.ts';

/** A name of our own, with where and in which process it is made: `.PLACE-PID-UUID.tfo-mcp.tmp`. Older ones had the last part only. */
const NAME = /^\.(?:([0-9a-f]{12})-(\d+)-)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tfo-mcp\.tmp$/;

export const temporaryName = () => `.${placeOfProcesses()}-${process.pid}-${randomUUID()}.tfo-mcp.tmp`;

/** Nobody writes for that long; of processes on other machines and in other containers there is no other sign. */
const ABANDONED_AFTER_MS = 24 * 60 * 60 * 1000;

/** Removes what killed processes left in a folder: theirs that run no more, and whatever is a day old. */
export async function removeAbandoned(folder: OpenFolder): Promise<void> {
  try {
    for (const name of await readdir(folder.path('.')))
      if (NAME.test(name) && (await isAbandoned(folder.path(name), name))) await unlink(folder.path(name));
  } catch (error) {
    if (codeOf(error) === undefined) throw error; // what can't be tidied up hinders no write
  }
}

async function isAbandoned(path: string, name: string): Promise<boolean> {
  const stats = await lstat(path);
  if (!stats.isFile() || (process.geteuid !== undefined && stats.uid !== process.geteuid())) return false;
  const [, place, pid] = NAME.exec(name) ?? [];
  // One of Windows may just have been copied of an old file, with the time of that.
  const madeMs = process.platform === 'win32' ? Math.max(stats.mtimeMs, stats.ctimeMs) : stats.mtimeMs;
  return (
    Date.now() - madeMs > ABANDONED_AFTER_MS || (place === placeOfProcesses() && !isRunning(Number(pid)))
  );
}

/** Also true of another process that got the number since: what it didn't make goes when it is old. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}

let place: string | undefined;

/** The scope in which process numbers mean the same as here: this machine since it started, and this container on it. */
function placeOfProcesses(): string {
  place ??= createHash('sha256')
    .update(
      JSON.stringify([
        hostname(),
        linux(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
        linux(() => readlinkSync('/proc/self/ns/pid')),
      ]),
    )
    .digest('hex')
    .slice(0, 12);
  return place;
}

/** Reads a fact that only Linux tells. */
function linux(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
