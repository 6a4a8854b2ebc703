import { randomBytes } from 'node:crypto';
import { link, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readShortFile } from '../auth/short-file.ts';
import { codeOf } from '../files/file-failure.ts';
import { makeFolders } from '../files/write/make-folders.ts';
import { temporaryName } from '../files/write/write-temporary.ts';

const BYTES = 32;

/** For the user alone, and on the disk before it has its name: an empty file would be no key for ever. */
const WRITING = { flag: 'wx', mode: 0o600, flush: true };

/**
 * Reads the key, or makes it, once: of processes that begin at the same moment, all get that of the first.
 * @throws Error with a sentence that says what to do, or as the system gives it
 */
export async function readOrMakeKey(path: string): Promise<Buffer> {
  const found = await read(path);
  if (found !== undefined) return found;
  await makeFolders(dirname(path));
  await make(path);
  const made = await read(path);
  if (made === undefined) throw new Error(`"${path}" was removed: leave it where it is`);
  return made;
}

async function read(path: string): Promise<Buffer | undefined> {
  const text = await readShortFile(path).catch((error) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const key = Buffer.from(text.trim(), 'hex');
  if (key.length === BYTES) return key;
  throw new Error(
    `Expected "${path}" to hold ${BYTES} bytes in hexadecimal: remove it, and a new key is made, whose hashes are others`,
  );
}

async function make(path: string): Promise<void> {
  const text = `${randomBytes(BYTES).toString('hex')}\n`;
  const draft = join(dirname(path), temporaryName());
  try {
    await writeFile(draft, text, WRITING);
    await link(draft, path).catch((error) => {
      if (codeOf(error) === 'EEXIST') return;
      return writeFile(path, text, WRITING); // some file systems have no links
    });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
}
