import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface RotatingFileOptions {
  /** Absolute. */
  readonly path: string;
  /** Bytes from which on the file is put aside, as `path.1`. */
  readonly maxBytes: number;
  /** How many files that were put aside are kept. */
  readonly maxFiles: number;
}

/** Only for the user: log lines tell what he does. */
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

/** Not blocking: somebody's named pipe would wait for a reader. */
const FLAGS = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NONBLOCK ?? 0);

/** Milliseconds after which a lock is what a killed process left behind: renaming a few files takes far less. */
const STALE_LOCK = 10_000;

/**
 * A file that is appended to and put aside when it is full: `path` becomes `path.1`, that `path.2`, and so on; the oldest is lost.
 *
 * Several processes may write to one path. Each appends whole chunks (O_APPEND); whoever finds the file full rotates it under a
 * lock, `path.lock`, and the others follow: before each chunk they look whether the path still leads to the file that they have
 * open. A chunk that another process writes in the meantime lands in `path.1`, so that nothing is lost; a file can outgrow its
 * limit by what is written until everybody has looked. The same makes it safe to move or remove the file by hand.
 */
export class RotatingFile {
  private readonly options: RotatingFileOptions;
  private handle: FileHandle | undefined;

  constructor(options: RotatingFileOptions) {
    this.options = options;
  }

  /** Appends whole. Not to be called again before it has settled. Rejects with the system's error. */
  async append(bytes: Uint8Array): Promise<void> {
    let handle = await this.current();
    if (await this.isTooFull(handle, bytes.length)) handle = await this.rotateFor(bytes.length);
    let offset = 0;
    while (offset < bytes.length) {
      const { bytesWritten } = await handle.write(bytes, offset);
      offset += bytesWritten;
    }
  }

  /** The file that the path leads to now. */
  private async current(): Promise<FileHandle> {
    if (this.handle !== undefined && !(await leadsTo(this.options.path, this.handle))) await this.close();
    this.handle ??= await openFile(this.options.path);
    return this.handle;
  }

  /** An empty file takes everything: it can't be made emptier. */
  private async isTooFull(handle: FileHandle, length: number): Promise<boolean> {
    const { size } = await handle.stat();
    return size > 0 && size + length > this.options.maxBytes;
  }

  private async rotateFor(length: number): Promise<FileHandle> {
    const { path, maxFiles } = this.options;
    const unlock = await lock(`${path}.lock`);
    // Another process is at it: this chunk still goes to the file that is full.
    if (unlock === undefined) return this.current();
    try {
      // It may have been at it just before, too.
      if (await this.isTooFull(await this.current(), length)) {
        await this.close();
        await shift(path, maxFiles);
      }
    } finally {
      await unlock();
    }
    return this.current();
  }

  private async close(): Promise<void> {
    const { handle } = this;
    this.handle = undefined;
    await handle?.close();
  }
}

async function openFile(path: string): Promise<FileHandle> {
  await mkdir(dirname(path), { recursive: true, mode: FOLDER_MODE });
  const handle = await open(path, FLAGS, FILE_MODE);
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  // "/dev/stdout" among them, which belongs to the protocol.
  throw new Error(`Expected "${path}" to be a regular file, got something else`);
}

async function leadsTo(path: string, handle: FileHandle): Promise<boolean> {
  const [named, opened] = await Promise.all([
    stat(path, { bigint: true }).catch(() => undefined),
    handle.stat({ bigint: true }),
  ]);
  return named?.ino === opened.ino && named.dev === opened.dev;
}

/** Each file takes the place of the next older one. */
async function shift(path: string, maxFiles: number): Promise<void> {
  const names = [path, ...Array.from({ length: maxFiles }, (_, index) => `${path}.${index + 1}`)];
  for (let index = maxFiles; index > 0; index--) {
    await rename(names[index - 1] ?? '', names[index] ?? '').catch(ignoreMissing);
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

/** Takes the lock, unless another process has it. @returns what gives it back */
async function lock(path: string): Promise<(() => Promise<void>) | undefined> {
  try {
    await (await open(path, 'wx', FILE_MODE)).close();
    return () => rm(path, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const { mtimeMs = Date.now() } = (await stat(path).catch(() => undefined)) ?? {};
    // Taken at the next occasion: who removes it here could remove somebody's fresh one.
    if (Date.now() - mtimeMs > STALE_LOCK) await rm(path, { force: true });
    return undefined;
  }
}
