import { constants, type Stats } from 'node:fs';
import { type FileHandle, link, open, rename, unlink } from 'node:fs/promises';
import { codeOf } from '../file-failure.ts';
import type { OpenFolder } from './open-folder.ts';
import { temporaryName } from './write-temporary.ts';

const NEW = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

/** Failures of a directory or file system that can't replace a file unnoticed; it may still take a write in place. */
const CANNOT = new Set(['EACCES', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL']);

export interface NewContent {
  readonly folder: OpenFolder;
  readonly name: string;
  readonly content: Uint8Array;
  readonly signal: AbortSignal;
}

/**
 * Puts a whole new file in the place of the one with that name, if any: a reader sees all of the old or all of the new.
 * @param existing whose owner, group and permissions the new file takes over
 * @returns false, and nothing has changed, where it can't take them over or the directory takes no new file
 */
export async function replaceFile(target: NewContent, existing: Stats | undefined): Promise<boolean> {
  const { folder, name } = target;
  const isDone = await withTemporary(target, existing, async (temporary) => {
    await rename(folder.path(temporary), folder.path(name));
    return true;
  });
  if (isDone === undefined && existing === undefined) return await createInPlace(target);
  return isDone ?? false;
}

/**
 * Makes a file that must not exist yet.
 * @returns whether it appeared whole; where there are no hard links it grows under its name
 * @throws the system's EEXIST
 */
export async function createFile(target: NewContent): Promise<boolean> {
  const { folder, name } = target;
  const isDone = await withTemporary(target, undefined, async (temporary) => {
    try {
      await link(folder.path(temporary), folder.path(name));
    } catch (error) {
      if (CANNOT.has(codeOf(error) ?? '')) return undefined;
      throw error;
    }
    await unlink(folder.path(temporary));
    return true;
  });
  return isDone ?? (await createInPlace(target));
}

/** Writes a file with a name of its own and lets `publish` give it the wanted one; leaves none behind that it doesn't take. */
async function withTemporary(
  { folder, content, signal }: NewContent,
  existing: Stats | undefined,
  publish: (temporary: string) => Promise<true | undefined>,
): Promise<true | undefined> {
  const temporary = temporaryName();
  const handle = await openNew(folder.path(temporary), existing === undefined ? 0o666 : 0o600);
  if (handle === undefined) return undefined;
  let isPublished: true | undefined;
  try {
    try {
      if (existing !== undefined && !(await takeOver(handle, existing))) return undefined;
      await handle.writeFile(content, { signal });
      await handle.sync();
    } finally {
      await handle.close();
    }
    await folder.verify();
    signal.throwIfAborted();
    isPublished = await publish(temporary);
    return isPublished;
  } finally {
    if (isPublished === undefined) await removeIfThere(folder.path(temporary));
  }
}

/** @returns undefined where the directory takes no new file */
async function openNew(path: string, mode: number): Promise<FileHandle | undefined> {
  try {
    return await open(path, NEW, mode);
  } catch (error) {
    if (CANNOT.has(codeOf(error) ?? '')) return undefined;
    throw error;
  }
}

/** Set-user-id and its like are dropped, as the kernel drops them when a file is written. */
async function takeOver(handle: FileHandle, { uid, gid, mode }: Stats): Promise<boolean> {
  try {
    const own = await handle.stat();
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
    await unlink(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}
