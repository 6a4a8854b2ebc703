import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Only for the user: what is written there may come to hold secrets. */
const FOLDER_MODE = 0o700;

/**
 * Makes a folder and those above it that are missing. Not by the `recursive` of node:fs: it hides why it failed (nodejs/node#31481),
 * and where a folder that is there takes none and says ENOENT, as /proc does, it tries for ever, at the cost of a processor.
 * @throws as node:fs; `ENOTDIR` for a file where a folder has to be
 */
export async function makeFolders(path: string): Promise<void> {
  const parent = dirname(path);
  try {
    await makeFolder(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === path) throw error;
    await makeFolders(parent);
    await makeFolder(path);
  }
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, FOLDER_MODE);
  } catch (error) {
    if ((await stat(path).catch(() => undefined))?.isDirectory()) return; // some systems say EPERM or EROFS of one that is there
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw Object.assign(error as Error, { code: 'ENOTDIR' });
  }
}
