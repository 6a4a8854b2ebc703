import { mkdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Only for the user: it may come to hold secrets. */
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

/** Writes a file that is whole or not there, and the folders it needs; through a link, to where that leads. */
export async function writeWholeFile(
  path: string,
  text: string,
  { replace }: { readonly replace: boolean },
): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: FOLDER_MODE }).catch(refuseFolder);
  if (!replace) return writeFile(path, text, { flag: 'wx', mode: FILE_MODE });
  const target = await realpath(path).catch(() => path);
  const draft = `${target}.${process.pid}.draft`;
  try {
    await writeFile(draft, text, { flag: 'wx', mode: FILE_MODE });
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** A file where a folder has to be: "exists" would be taken for the file itself. */
function refuseFolder(error: NodeJS.ErrnoException): never {
  throw error.code === 'EEXIST' ? Object.assign(error, { code: 'ENOTDIR' }) : error;
}
