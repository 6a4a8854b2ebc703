import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixtures } from './paths.ts';

export const ENTRIES = 10_000;
export const TREE_FILES = 20_000;
const TREE_FOLDERS = 2000;
export const MATCHES = 1000;

export const EXTENSION = '.ts';
/** Found once in each file of that extension, and in no other. */
export const EXPRESSION = 'needle_[0-9]{6} = true';

/** Both are in an answer a thousand times, each time another. */
export const FOUND_NAME: RegExp = /match_\d{6}\.ts/g;
export const FOUND_TEXT: RegExp = /needle_\d{6} = true/g;

interface TextFile {
  readonly path: string;
  readonly bytes: number;
}

export const listFolder = join(fixtures, 'list');
export const treeFolder = join(fixtures, 'tree');
export const oneMegabyte: TextFile = { path: join(fixtures, 'text-1mb.txt'), bytes: 1 << 20 };
/** About as much as ours can be told to answer: 8 MiB as JSON, which writes this text with 6 % more bytes. */
export const sevenMegabytes: TextFile = { path: join(fixtures, 'text-7mb.txt'), bytes: 7_000_000 };

const LINE = 'const greeting = "héllo wörld"; // ordinary text with a tab:\there, and a path C:\\temp\n';

/** Source text of exactly `bytes` bytes, with what JSON has to escape and letters of more than one byte. */
export function textOfSize(bytes: number): string {
  const size = Buffer.byteLength(LINE);
  return LINE.repeat(Math.floor(bytes / size)) + 'x'.repeat(bytes % size);
}

const digits = (number: number, width: number) => String(number).padStart(width, '0');

export const entryName = (index: number): string => `entry_${digits(index, 5)}.dat`;

/** Makes the files once. The folder gets its name when it is whole, so that one that was broken off is made again. */
export function makeFixtures(): void {
  if (existsSync(fixtures)) return;
  const folder = `${fixtures}.new`;
  rmSync(folder, { recursive: true, force: true });
  const made = (path: string) => path.replace(fixtures, folder);
  mkdirSync(made(listFolder), { recursive: true });
  for (let index = 0; index < ENTRIES; index++) writeFileSync(join(made(listFolder), entryName(index)), '');
  for (let index = 0; index < TREE_FOLDERS; index++) makeFolder(made(treeFolder), index);
  for (const { path, bytes } of [oneMegabyte, sevenMegabytes]) writeFileSync(made(path), textOfSize(bytes));
  renameSync(folder, fixtures);
}

/** One of the 2,000 folders, three deep, with its files: every twentieth file of the tree is one to be found. */
function makeFolder(tree: string, index: number): void {
  const folder = join(
    tree,
    `a${index % 20}`,
    `b${Math.floor(index / 20) % 10}`,
    `c${Math.floor(index / 200)}`,
  );
  mkdirSync(folder, { recursive: true });
  const files = TREE_FILES / TREE_FOLDERS;
  for (let file = index * files; file < (index + 1) * files; file++) {
    const number = digits(file, 6);
    const isMatch = file % (TREE_FILES / MATCHES) === 0;
    const name = isMatch ? `match_${number}${EXTENSION}` : `other_${number}.txt`;
    const text = `file ${number}\n${LINE.repeat(8)}`;
    writeFileSync(join(folder, name), isMatch ? `${text}export const needle_${number} = true;\n` : text);
  }
}
