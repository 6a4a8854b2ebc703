import { constants } from 'node:fs';
import { open, readlink, realpath } from 'node:fs/promises';
import { codeOf, fileFailure, notDirectory } from '../file-failure.ts';

/**
 * Reads in a directory by a path that can't lead elsewhere. On Linux the directory is opened, without following a link at its
 * end, and what was opened is compared with what was meant; `reach` then goes through the open descriptor. Elsewhere `reach` is
 * the path itself, and the comparison comes after the reading: whoever swaps a link in and out again in between gets past it.
 * @param path absolute and real
 * @param use gets a path that stands for the directory for as long as it runs
 * @throws Error with the system's `code`; `ESTALE` when something else is there by now
 */
export async function inFolder<T>(path: string, use: (reach: string) => Promise<T>): Promise<T> {
  if (process.platform !== 'linux') {
    const result = await use(path);
    if ((await realpath(path)) !== path) throw moved(path);
    return result;
  }
  const handle = await open(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    const reach = `/proc/self/fd/${handle.fd}`;
    if ((await readlink(reach)) !== path) throw moved(path);
    return await use(reach);
  } finally {
    await handle.close();
  }
}

const moved = (path: string) =>
  Object.assign(new Error(`Expected ${path} to stay where it is`), { code: 'ESTALE' });

/** Explains to whoever named a directory that it can't be read. */
export const directoryFailure = (error: unknown, named: string): unknown =>
  codeOf(error) === 'ENOTDIR' ? notDirectory(named) : fileFailure(error, named);
