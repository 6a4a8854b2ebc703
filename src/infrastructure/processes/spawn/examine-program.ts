import { access, constants, open, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import type { CommandRequest } from '../../../application/ports/processes.ts';

/** Facts about a program that the system wouldn't start; undefined where there is no such file. */
export interface ExaminedProgram {
  readonly isDirectory: boolean;
  /** The name in its first line of the program that runs it, with all that the system takes as part of the name. */
  readonly interpreter?: string;
  /** True if that is a file that may be run. */
  readonly hasInterpreter?: boolean;
}

/** Looks where the system would have: by the path itself, else in the directories of PATH. */
export async function examineProgram(
  name: string,
  { directory, environment }: Pick<CommandRequest, 'directory' | 'environment'>,
): Promise<ExaminedProgram | undefined> {
  const folders = /[\\/]/.test(name) ? [''] : (environment['PATH'] ?? '').split(delimiter);
  for (const folder of folders) {
    const path = resolve(directory, join(folder, name));
    const stats = await stat(path).catch(() => undefined); // not in this folder
    if (stats?.isDirectory() && folder === '') return { isDirectory: true };
    if (stats?.isFile()) return { isDirectory: false, ...(await interpreterOf(path, directory)) };
  }
  return undefined;
}

/** Linux reads no more of a first line. */
const MOST_BYTES = 256;

async function interpreterOf(
  path: string,
  directory: string,
): Promise<Pick<ExaminedProgram, 'interpreter' | 'hasInterpreter'>> {
  const interpreter = /^#![ \t]*([^ \t\n]+)/.exec(await firstBytes(path))?.[1];
  if (interpreter === undefined) return {};
  const found = isAbsolute(interpreter) ? interpreter : resolve(directory, interpreter);
  return { interpreter, hasInterpreter: await canRun(found) };
}

async function canRun(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false; // not there, or not for us
  }
}

async function firstBytes(path: string): Promise<string> {
  try {
    const handle = await open(path, 'r');
    try {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(MOST_BYTES), 0, MOST_BYTES, 0);
      return buffer.toString('latin1', 0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch {
    return ''; // not for us to read: what is in it stays unknown
  }
}
