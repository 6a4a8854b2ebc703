import { constants, type Stats } from 'node:fs';
import { access, lstat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { WriteRequest } from '../../../application/ports/files.ts';
import { quotePath } from '../../../domain/policy/paths/path-invalid.ts';
import { DomainError } from '../../../domain/shared/domain-error.ts';
import { codeOf, fileExists, notDirectory } from '../file-failure.ts';
import type { GuardedPath } from '../guard/path-guard.ts';
import { requireRegular } from '../read/open-regular.ts';

/** The plan of a write, once everything that can be checked before has been. */
export interface WritePlan {
  /** The file that is there. */
  readonly existing: Stats | undefined;
  /** Real path of the deepest directory on the way that exists. */
  readonly folder: string;
  /** Names of the directories to make below it, in order. */
  readonly missing: readonly string[];
}

/** @throws DomainError as in `Files`, and the system's errors */
export async function planWrite(entered: GuardedPath, request: WriteRequest): Promise<WritePlan> {
  const { named, real } = entered;
  const existing = await lookAt(real);
  if (existing !== undefined) {
    requireRegular(existing, named);
    if (request.mode === 'create') throw fileExists(named);
    await access(real, constants.W_OK);
    return { existing, folder: dirname(real), missing: [] };
  }
  const { folder, missing } = await findFolder(entered);
  if (missing.length > 0 && !request.createDirectories) {
    const message = `The directory of ${quotePath(named)} doesn't exist; "create_dirs": true makes it`;
    throw new DomainError('file.not-found', 'not-found', message);
  }
  await access(folder, constants.W_OK);
  return { existing, folder, missing };
}

async function findFolder({ named, real }: GuardedPath): Promise<Omit<WritePlan, 'existing'>> {
  const missing: string[] = [];
  for (let folder = dirname(real); ; folder = dirname(folder)) {
    const stats = await lookAt(folder);
    if (stats?.isDirectory()) return { folder, missing };
    if (stats !== undefined || dirname(folder) === folder) throw notDirectory(dirname(named));
    missing.unshift(basename(folder));
  }
}

async function lookAt(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
