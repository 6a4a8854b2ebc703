import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isInUse, retryWhileInUse } from '../retry-while-in-use.ts';
import { makeFolders } from './make-folders.ts';
import { temporaryName } from './write-temporary.ts';

/** Only for the user: it may come to hold secrets. */
const FILE_MODE = 0o600;

interface WholeFileOptions {
  readonly replace: boolean;
  /** Called when all is written, before it takes the place of the old; may throw, which leaves that. */
  readonly beforeReplacing?: () => void;
}

/**
 * Writes a file that is whole or not there, and the folders it needs; through a link, to where that leads.
 * @throws the system's error; EINVAL where a device, pipe or socket is, which root could replace; EBUSY where another program on
 * Windows keeps the file open for longer than a second
 */
export async function writeWholeFile(
  path: string,
  text: string,
  { replace, beforeReplacing }: WholeFileOptions,
): Promise<void> {
  await makeFolders(dirname(path));
  if (!replace) return writeFile(path, text, { flag: 'wx', mode: FILE_MODE });
  const target = await realpath(path).catch(() => path);
  await refuseSpecial(target);
  const draft = join(dirname(target), temporaryName());
  try {
    await writeFile(draft, text, { flag: 'wx', mode: FILE_MODE });
    beforeReplacing?.();
    await retryWhileInUse(() => rename(draft, target)).catch(refuseInUse);
  } catch (error) {
    await retryWhileInUse(() => rm(draft, { force: true }));
    throw error;
  }
}

async function refuseSpecial(path: string): Promise<void> {
  const stats = await stat(path).catch(() => undefined);
  if (stats === undefined || stats.isFile() || stats.isDirectory()) return;
  throw Object.assign(new Error('It is no regular file'), { code: 'EINVAL' });
}

/** Windows denies what it would allow if nobody had the file open: the folder has just taken another. */
function refuseInUse(error: NodeJS.ErrnoException): never {
  if (!isInUse(error)) throw error;
  throw Object.assign(new Error('Another program has the file open'), { code: 'EBUSY' });
}
