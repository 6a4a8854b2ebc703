import { constants } from 'node:fs';
import { type FileHandle, open, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isInUse, retryWhileInUse } from '../files/retry-while-in-use.ts';
import { dropStaleLock, takeLock } from '../files/write/file-lock.ts';
import { makeFolders } from '../files/write/make-folders.ts';

export interface RotatingFileOptions {
  /** Absolute. */
  readonly path: string;
  /** Bytes from which on the file is put aside, as `path.1`. */
  readonly maxBytes: number;
  /** Files that were put aside and are kept. */
  readonly maxFiles: number;
}

/** Only for the user: log lines tell what he does. */
const FILE_MODE = 0o600;

/** Not blocking: somebody's named pipe would wait for a reader. */
const FLAGS = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NONBLOCK ?? 0);

/** Milliseconds after which a lock is what a killed process left behind: renaming a few files takes far less. */
const STALE_LOCK = 10_000;

/** Bytes that are written without a look at the file between: by so much, several processes can together miss its limit. */
const CHUNK = 16 * 1024;

/** Milliseconds between two looks at a lock that another process has, and how often it is looked at before lines go on. */
const LOCK_PAUSE = 5;
const LOCK_LOOKS = 200;

/** Milliseconds for which a file that Windows doesn't let go is not put aside: each try holds the lines up for a second. */
const REST = 60_000;

/**
 * A file that is appended to and put aside when it is full: `path` becomes `path.1`, that `path.2`, and so on; the oldest is lost.
 * No file outgrows its limit, but by a line that alone is longer.
 *
 * Several processes may write to one path. Each appends whole lines (O_APPEND), 16 KiB at a time; whoever finds the file full
 * rotates it under a lock, `path.lock`, and the others wait and follow: before each chunk they look whether the path still leads to
 * the file that they have open. A chunk that another process writes in the meantime lands in `path.1`, so that nothing is lost; a
 * file can outgrow its limit by what each of the others writes between two looks, a chunk, and by more where one that rotated it
 * was killed over it. The same makes it safe to move or remove the file by hand. Where Windows refuses what it takes because another
 * program has a file open, lines wait for a second; a full file that can't be put aside then takes lines on for a minute.
 */
export class RotatingFile {
  private readonly options: RotatingFileOptions;
  private handle: FileHandle | undefined;
  private restsUntil = 0;

  constructor(options: RotatingFileOptions) {
    this.options = options;
  }

  /**
   * Appends the first of these lines, as many as fit at once, at least one. Not to be called again before it has settled.
   * @returns how many. Rejects with the system's error
   */
  async append(lines: readonly string[]): Promise<number> {
    const [first = ''] = lines;
    const length = Buffer.byteLength(first);
    let handle = await this.current();
    let { size } = await handle.stat();
    if (this.isTooFull(size, length)) {
      handle = await this.rotateFor(length);
      ({ size } = await handle.stat());
    }
    const chunk = takeChunk(lines, Math.min(CHUNK, this.options.maxBytes - size));
    const bytes = Buffer.from(chunk.join(''));
    let offset = 0;
    while (offset < bytes.length) {
      offset += await retryWhileInUse(async () => (await handle.write(bytes, offset)).bytesWritten);
    }
    return chunk.length;
  }

  /** The file that the path leads to now. */
  private async current(): Promise<FileHandle> {
    if (this.handle !== undefined && !(await leadsTo(this.options.path, this.handle))) await this.close();
    this.handle ??= await openFile(this.options.path);
    return this.handle;
  }

  /** An empty file takes everything: it can't be made emptier. */
  private isTooFull(size: number, length: number): boolean {
    return size > 0 && size + length > this.options.maxBytes && performance.now() >= this.restsUntil;
  }

  private async rotateFor(length: number): Promise<FileHandle> {
    const { path, maxFiles } = this.options;
    for (let look = 0; look < LOCK_LOOKS; look++) {
      const lock = await takeLock(`${path}.lock`);
      if (lock !== undefined) {
        try {
          // Another process may have been at it just before.
          if (this.isTooFull((await (await this.current()).stat()).size, length)) {
            await this.close();
            await shift(path, maxFiles);
          }
        } catch (error) {
          if (!isInUse(error)) throw error;
          this.restsUntil = performance.now() + REST;
        } finally {
          await lock.release();
        }
        return this.current();
      }
      await dropStaleLock(`${path}.lock`, STALE_LOCK);
      await sleep(LOCK_PAUSE);
      const handle = await this.current();
      if (!this.isTooFull((await handle.stat()).size, length)) return handle;
    }
    // The process with the lock was killed, or hangs: better too long a file than lines that nobody gets.
    return this.current();
  }

  private async close(): Promise<void> {
    const { handle } = this;
    this.handle = undefined;
    await handle?.close();
  }
}

/** The first lines that fit into so many bytes, and the very first even where it doesn't. */
function takeChunk(lines: readonly string[], room: number): readonly string[] {
  let bytes = 0;
  let count = 0;
  for (const line of lines) {
    bytes += Buffer.byteLength(line);
    if (count > 0 && bytes > room) break;
    count += 1;
  }
  return lines.slice(0, count);
}

async function openFile(path: string): Promise<FileHandle> {
  await makeFolders(dirname(path));
  const handle = await retryWhileInUse(() => open(path, FLAGS, FILE_MODE));
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
    const [from = '', to = ''] = names.slice(index - 1);
    await retryWhileInUse(() => rename(from, to)).catch(ignoreMissing);
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
