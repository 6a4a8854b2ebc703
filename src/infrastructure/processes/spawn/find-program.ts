import { stat } from 'node:fs/promises';
import { win32 } from 'node:path';
import type { CommandRequest } from '../../../application/ports/processes.ts';
import { commandInvalid } from '../../../domain/policy/commands/command-invalid.ts';
import {
  batchFile,
  isBatchFile,
  isProgramPath,
  programFiles,
} from '../../../domain/policy/commands/windows-command.ts';
import { DomainError } from '../../../domain/shared/domain-error.ts';
import { shorten } from '../../../domain/text/utf8.ts';

/**
 * Finds a program on Windows, whose own search begins in the working directory.
 * @returns its absolute path; a path is left to the system as it is
 * @throws DomainError `command.not-found`, `command.invalid` for a batch file
 */
export async function findProgram(
  name: string,
  { directory, environment }: Pick<CommandRequest, 'directory' | 'environment'>,
): Promise<string> {
  const found = isProgramPath(name) ? name : await firstFile(programFiles(name, environment));
  if (found === undefined) {
    const here = await firstFile(programFiles(name, { PATH: directory }));
    const remedy =
      here === undefined
        ? 'name it by its absolute path, or as PATH finds it'
        : `the working directory has one, but it is not searched: to run that, write ${JSON.stringify(`.\\${win32.basename(here)}`)}`;
    throw new DomainError(
      'command.not-found',
      'not-found',
      `There is no program ${JSON.stringify(shorten(name, 200))}; ${remedy}`,
    );
  }
  if (isBatchFile(found)) throw commandInvalid(batchFile(found));
  return found;
}

async function firstFile(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const stats = await stat(path).catch(() => undefined); // not there, or not for us
    if (stats?.isFile()) return path;
  }
  return undefined;
}
