import { constants, type FileHandle, open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** Windows has no such flag. */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

const PAUSE_MS = 10;

/** Milliseconds that a pipe may be without anybody who writes to it. */
const PATIENCE_MS = 1000;

/**
 * Reads a file's first bytes: to the end, not to the size, for `--config <(sops -d secrets.yaml)` names a pipe. Waits for such
 * without a thread that hangs in the system, which would keep the process from ending.
 * @throws an error with the system's `code`; ENXIO for a pipe that nobody writes to
 */
export async function readStart(path: string, limit: number): Promise<Uint8Array> {
  const file = await open(path, READ);
  try {
    const isPipe = (await file.stat()).isFIFO();
    const giveUp = performance.now() + PATIENCE_MS;
    const bytes = Buffer.alloc(limit);
    for (let length = 0; ; ) {
      const count = length === limit ? 0 : await readSome(file, bytes.subarray(length));
      if (count !== undefined) length += count;
      if (count === 0 && (!isPipe || length > 0)) return bytes.subarray(0, length);
      if (count === 0 && performance.now() > giveUp) throw nobodyWrites(path);
      if (!count) await sleep(PAUSE_MS);
    }
  } finally {
    await file.close();
  }
}

/** @returns undefined while there is nothing yet, though somebody may write it */
async function readSome(file: FileHandle, into: Buffer): Promise<number | undefined> {
  try {
    return (await file.read(into)).bytesRead;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return undefined;
    throw error;
  }
}

const nobodyWrites = (path: string) =>
  Object.assign(new Error(`Nobody writes to the pipe "${path}"`), { code: 'ENXIO' });
