import { constants, type Stats } from 'node:fs';
import { copyFile, type FileHandle, link, open, rename, unlink } from 'node:fs/promises';
import { codeOf } from '../file-failure.ts';
import { retryWhileInUse } from '../retry-while-in-use.ts';
import type { OpenFolder } from './open-folder.ts';
import { temporaryName } from './write-temporary.ts';

const NEW = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

/**
 * Failures of a directory or file system that can't replace a file unnoticed; it may still take a write in place. EBUSY is that of
 * a file that is a mount point, as containers have them, EISDIR that of Windows' file systems without hard links.
 */
const CANNOT = new Set(['EACCES', 'EPERM', 'EBUSY', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL', 'EISDIR']);

/** Bytes of a file that are copied on Windows, at most. */
const MOST_COPIED = 64 * 1024 * 1024;

/** False for a file that is only written in place. */
export const isReplaceable = ({ size }: Stats) => process.platform !== 'win32' || size <= MOST_COPIED;

export interface NewContent {
  readonly folder: OpenFolder;
  readonly name: string;
  readonly content: Uint8Array;
  readonly signal: AbortSignal;
}

/**
 * Puts a whole new file in the place of the one with that name, if any: a reader sees all of the old or all of the new.
 * @param existing whose owner, group and permissions the new file takes over, on Windows attributes and streams
 * @returns false, and nothing has changed, where it can't take them over, the directory takes no new file, or
 * another program on Windows keeps the file open
 */
export async function replaceFile(target: NewContent, existing: Stats | undefined): Promise<boolean> {
  const { folder, name } = target;
  const isDone = await withTemporary(target, existing, async (temporary) => {
    await rename(folder.path(temporary), folder.path(name));
    return 'moved';
  });
  return isDone || (existing === undefined && (await createInPlace(target)));
}

/**
 * Makes a file that must not exist yet.
 * @returns whether it appeared whole; where there are no hard links it grows under its name
 * @throws the system's EEXIST
 */
export async function createFile(target: NewContent): Promise<boolean> {
  const { folder, name } = target;
  const isDone = await withTemporary(target, undefined, async (temporary) => {
    await link(folder.path(temporary), folder.path(name));
    return 'linked';
  });
  return isDone || (await createInPlace(target));
}

/**
 * Writes a file with a name of its own and lets `publish` give it the wanted one, alone or as well; leaves none behind.
 * @returns false where the directory or file system can't
 */
async function withTemporary(
  target: NewContent,
  existing: Stats | undefined,
  publish: (temporary: string) => Promise<'moved' | 'linked'>,
): Promise<boolean> {
  if (existing !== undefined && !isReplaceable(existing)) return false;
  const { folder, content, signal } = target;
  const temporary = temporaryName();
  let published: 'moved' | 'linked' | undefined;
  try {
    const handle = await openTemporary(folder.path(temporary), target, existing);
    try {
      if (existing !== undefined && !(await takeOver(handle, existing))) return false;
      await handle.writeFile(content, { signal });
      await handle.sync();
    } finally {
      await handle.close();
    }
    published = await retryWhileInUse(async () => {
      await folder.verify();
      signal.throwIfAborted();
      return await publish(temporary);
    });
    return true;
  } catch (error) {
    if (CANNOT.has(codeOf(error) ?? '')) return false;
    throw error;
  } finally {
    if (published !== 'moved') await removeIfThere(folder.path(temporary));
  }
}

/**
 * Opens a new file. On Windows it is a copy of the one whose place it takes: only so can Node.js hand on attributes, such as that of a
 * hidden file, and alternate data streams.
 */
async function openTemporary(
  path: string,
  { folder, name }: NewContent,
  existing: Stats | undefined,
): Promise<FileHandle> {
  if (existing === undefined) return await open(path, NEW, 0o666);
  if (process.platform !== 'win32') return await open(path, NEW, 0o600);
  await retryWhileInUse(async () => {
    await folder.verify();
    await copyFile(folder.path(name), path, constants.COPYFILE_EXCL);
  });
  // Not by O_TRUNC, which takes the streams away.
  return await retryWhileInUse(() => open(path, constants.O_WRONLY));
}

/** Makes a new file, or a copy, an empty one as the old. Set-user-id and its like are dropped, as the kernel drops them when a file is written. */
async function takeOver(handle: FileHandle, { uid, gid, mode }: Stats): Promise<boolean> {
  try {
    const own = await handle.stat();
    if (own.size > 0) await handle.truncate();
    if (own.uid !== uid || own.gid !== gid) await handle.chown(uid, gid);
    await handle.chmod(mode & 0o777);
    return true;
  } catch (error) {
    if (CANNOT.has(codeOf(error) ?? '')) return false;
    throw error;
  }
}

async function createInPlace({ folder, name, content, signal }: NewContent): Promise<false> {
  await folder.verify();
  const handle = await open(folder.path(name), NEW, 0o666);
  let isDone = false;
  try {
    await handle.writeFile(content, { signal });
    await handle.sync();
    isDone = true;
  } finally {
    await handle.close();
    if (!isDone) await removeIfThere(folder.path(name));
  }
  return false;
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await retryWhileInUse(() => unlink(path));
  } catch (error) {
    if (codeOf(error) === undefined) throw error; // gone, or in use: what stays is removed as abandoned, later
  }
}
