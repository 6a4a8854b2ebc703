import { execFileSync } from 'node:child_process';
import { createWriteStream, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { create } from 'tar';
import { ZipFile } from 'yazl';

interface ArchiveOptions {
  /** The folder to pack, absolute; the archive has it as its one entry at the top. */
  readonly folder: string;
  /** The names of its files, in the order of the archive. */
  readonly files: readonly string[];
  /** Of which `mode` runs. */
  readonly executable: string;
  /** The archive to make, absolute: a .zip or a .tar.gz by its name. */
  readonly output: string;
  /** Given to every file. */
  readonly date: Date;
}

/** Bytes that people wait for at most, in one archive. */
const LARGEST = 40_000_000;

/**
 * Packs a folder. The same contents and date give the same bytes, whoever packs them where.
 *
 * @throws Error if the archive is larger than `largest` bytes
 */
export async function archive(options: ArchiveOptions, largest = LARGEST): Promise<void> {
  await (options.output.endsWith('.zip') ? zip(options) : tarGz(options));
  const { size } = statSync(options.output);
  if (size > largest)
    throw new Error(`Expected ${basename(options.output)} to have at most ${largest} bytes, got ${size}`);
}

async function tarGz({ folder, files, output, date }: ArchiveOptions): Promise<void> {
  const cwd = dirname(folder);
  const tar = basename(output, '.gz');
  const [packed, draft] = [join(cwd, tar), join(cwd, `${tar}.draft`)];
  try {
    const names = files.map((file) => `${basename(folder)}/${file}`);
    // Portable: without owners and other facts of this machine.
    await create({ cwd, file: packed, portable: true, mtime: date }, names);
    // The header of the compressed file has it.
    utimesSync(packed, date, date);
    execFileSync(process.execPath, [sevenZip, 'a', ...GZIP, `${tar}.draft`, tar], { cwd, stdio: 'pipe' });
    const bytes = readFileSync(draft);
    if (!gunzipSync(bytes).equals(readFileSync(packed)))
      throw new Error(`Expected ${output} to unpack to what was packed, got something else`);
    writeFileSync(output, bytes);
  } finally {
    for (const file of [packed, draft]) rmSync(file, { force: true });
  }
}

/**
 * 7-Zip's deflate makes an executable 5 % smaller than zlib's best: 37.8 MB in 20 s instead of 40.0 in 7. From npm, as WebAssembly,
 * its bytes don't depend on the programs of a machine. Slower settings win another 2 % in seven times the time.
 */
const GZIP = ['-tgzip', '-mx=5', '-mfb=258'];
const sevenZip = fileURLToPath(import.meta.resolve('7z-wasm/cli.js'));

async function zip({ folder, files, executable, output, date }: ArchiveOptions): Promise<void> {
  // A zip file has local times, of no zone that it names: these are UTC's.
  const mtime = new Date(date.getTime() + date.getTimezoneOffset() * 60_000);
  const zipFile = new ZipFile();
  for (const file of files) {
    const mode = file === executable ? 0o100755 : 0o100644;
    const options = { mtime, mode, compressionLevel: 9, forceDosTimestamp: true };
    zipFile.addFile(`${folder}/${file}`, `${basename(folder)}/${file}`, options);
  }
  zipFile.end();
  await pipeline(zipFile.outputStream, createWriteStream(output));
}
