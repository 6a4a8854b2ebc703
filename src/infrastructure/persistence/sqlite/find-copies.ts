import { type FileHandle, open, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { codeOf } from '../../files/file-failure.ts';
import { followLinks } from './database-files.ts';
import { HEADER_BYTES, isOwnDatabase } from './database-header.ts';

const CHUNK_BYTES = 1024 * 1024;

/**
 * Finds copies of a database in which a text still is, such as the id of a conversation that was deleted: backups beside it, whatever
 * their names, and the damaged ones that a restore put aside. They are read as bytes, since some are no databases any more.
 * @returns their paths; backups elsewhere are not known
 */
export async function findCopies(database: string, text: string): Promise<readonly string[]> {
  const path = followLinks(database);
  const own = ['', '-wal', '-shm', '-journal'].map((ending) => basename(path) + ending);
  const beside = (await filesIn(dirname(path))).filter((file) => !own.includes(basename(file)));
  const damaged = await filesIn(`${path}.damaged`, true);
  const found: string[] = [];
  for (const file of beside) if (await holds(file, text, isOwnDatabase)) found.push(file);
  for (const file of damaged) if (await holds(file, text)) found.push(file);
  return found;
}

async function filesIn(folder: string, recursive = false): Promise<readonly string[]> {
  const entries = await ifThere(readdir(folder, { withFileTypes: true, recursive }));
  return (entries ?? [])
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}

/** @param begins looks at the first bytes, and says whether to read on */
async function holds(
  path: string,
  text: string,
  begins: (start: Uint8Array) => boolean = () => true,
): Promise<boolean> {
  const file = await ifThere(open(path));
  if (file === undefined) return false;
  try {
    return begins(await start(file)) && (await isIn(file, Buffer.from(text)));
  } finally {
    await file.close();
  }
}

async function start(file: FileHandle): Promise<Uint8Array> {
  const { buffer, bytesRead } = await file.read(new Uint8Array(HEADER_BYTES), 0, HEADER_BYTES, 0);
  return buffer.subarray(0, bytesRead);
}

async function isIn(file: FileHandle, sought: Buffer): Promise<boolean> {
  const buffer = Buffer.alloc(CHUNK_BYTES + sought.length);
  for (let at = 0; ; at += CHUNK_BYTES) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, at); // the end of each again, with what comes next
    if (buffer.subarray(0, bytesRead).includes(sought)) return true;
    if (bytesRead < buffer.length) return false;
  }
}

/** Nothing where a file is gone, or another user's. */
async function ifThere<T>(opened: Promise<T>): Promise<T | undefined> {
  try {
    return await opened;
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    return undefined;
  }
}
