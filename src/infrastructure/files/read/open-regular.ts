import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import type { OpenFile } from '../../../application/ports/files.ts';
import type { PathGrant } from '../../../application/ports/path-grants.ts';
import { HEADER_BYTES, isOwnDatabase } from '../../persistence/sqlite/database-header.ts';
import { fileFailure, notRegular } from '../file-failure.ts';
import type { PathGuard } from '../guard/path-guard.ts';
import { refusedAsSensitive } from '../guard/refusals.ts';
import { retryWhileInUse } from '../retry-while-in-use.ts';

/** Of `blocks` in what `stat` tells, whatever the file system. */
const BLOCK_BYTES = 512;

const CHUNK_BYTES = 256 * 1024;

/** Pipes and devices would hold the open, or a thread, until somebody writes. Windows has no such flag. */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Opens a regular file that the guard lets through, by its path and as opened. @throws DomainError as in `Files` */
export async function openRegular(guard: PathGuard, path: string, grant: PathGrant): Promise<OpenFile> {
  const entered = await guard.enter(path, grant);
  let handle: FileHandle | undefined;
  try {
    const before = await lstat(entered.real);
    // To open a device can already be to use it. A link here was put in since; the guard looks at what it leads to.
    if (!before.isSymbolicLink()) requireRegular(before, entered.named);
    handle = await retryWhileInUse(() => open(entered.real, READ));
    const [stats] = await Promise.all([handle.stat(), guard.verifyOpened(handle, grant, entered)]);
    requireRegular(stats, entered.named);
    if (await isDatabase(handle, stats)) throw refusedAsSensitive(entered.named);
    return new NodeOpenFile(handle, entered.named, stats);
  } catch (error) {
    await handle?.close();
    throw fileFailure(error, entered.named);
  }
}

/** True for a backup of what is kept, whatever its name: what was said in conversations is in it. */
async function isDatabase(handle: FileHandle, { size }: Stats): Promise<boolean> {
  if (size < HEADER_BYTES) return false;
  const start = new Uint8Array(HEADER_BYTES);
  await handle.read(start, 0, HEADER_BYTES, 0);
  return isOwnDatabase(start);
}

/** @throws DomainError `file.not-regular` */
export function requireRegular(stats: Stats, named: string): void {
  if (stats.isFile()) return;
  throw notRegular(named, stats.isDirectory() ? 'a directory' : 'a device, pipe or socket');
}

class NodeOpenFile implements OpenFile {
  readonly path: string;
  readonly size: number;
  readonly isSparse: boolean;
  readonly modified: string;
  private readonly handle: FileHandle;
  private buffer: Uint8Array | undefined;

  constructor(handle: FileHandle, path: string, { size, blocks, mtime }: Stats) {
    this.handle = handle;
    this.path = path;
    this.size = size;
    this.isSparse = blocks * BLOCK_BYTES < size;
    this.modified = mtime.toISOString();
  }

  async *chunks(start = 0): AsyncGenerator<Uint8Array> {
    // Files of /proc say that they are empty: those are read to where they end.
    const end = this.size === 0 ? Number.POSITIVE_INFINITY : this.size;
    this.buffer ??= takeBuffer();
    const most = end - start <= BUFFER_BYTES ? BUFFER_BYTES : CHUNK_BYTES;
    for (let at = start; at < end; ) {
      const bytesRead = await this.read(this.buffer, Math.min(most, end - at), at);
      if (bytesRead === 0) return;
      at += bytesRead;
      yield this.buffer.subarray(0, bytesRead);
    }
  }

  async close(): Promise<void> {
    await this.handle.close(); // waits for what is being read
    if (this.buffer) giveBack(this.buffer);
    this.buffer = undefined;
  }

  private async read(buffer: Uint8Array, length: number, position: number): Promise<number> {
    try {
      return (await this.handle.read(buffer, 0, length, position)).bytesRead;
    } catch (error) {
      throw fileFailure(error, this.path);
    }
  }
}

/** Bytes that one file is read with at once at most. */
const BUFFER_BYTES = 2 * 1024 * 1024;

/** As many as calls of one client commonly run at once; they stay, untouched pages don't count. */
const KEPT_BUFFERS = 8;

const freeBuffers: Uint8Array[] = [];

/**
 * BUFFER_BYTES with anything in them, which whoever takes them gives back and touches no more: made anew for each file, buffers
 * would pile up until the next full collection. Not a Buffer, of which a `slice` is no copy.
 */
function takeBuffer(): Uint8Array {
  return freeBuffers.pop() ?? new Uint8Array(BUFFER_BYTES);
}

function giveBack(buffer: Uint8Array): void {
  if (freeBuffers.length < KEPT_BUFFERS) freeBuffers.push(buffer);
}
