import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { PathGrant } from '../../../application/ports/path-grants.ts';
import {
  beginsWith,
  directoriesBeginning,
  splitTyped,
} from '../../../domain/policy/paths/path-completion.ts';
import { DomainError } from '../../../domain/shared/domain-error.ts';
import { codeOf } from '../file-failure.ts';
import type { PathGuard } from '../guard/path-guard.ts';
import { inFolder } from './list-folder.ts';

const MOST = 100;

/**
 * Paths that begin so, spelled as the caller spells them, directories with a separator at their end; allowed directories while
 * the prefix is not inside of one. What may not be entered or read has no completions. At most 100, in order.
 */
export async function listCompletions(
  prefix: string,
  grant: PathGrant,
  guard: PathGuard,
): Promise<readonly string[]> {
  const { platform } = guard;
  const { folder, start, separator } = splitTyped(prefix, platform);
  const above = directoriesBeginning(prefix, grant.directories, platform);
  const below = folder === '' && above.length > 0 ? [] : await namesIn(folder, grant, guard);
  const matching = below
    .filter(({ name }) => beginsWith(name, start, platform))
    .map(({ name, isDirectory }) => `${folder}${name}${isDirectory ? separator : ''}`);
  return [...new Set([...above, ...matching])].sort().slice(0, MOST);
}

interface Entry {
  readonly name: string;
  readonly isDirectory: boolean;
}

/** @param folder as the caller spells it; empty: the first allowed directory */
async function namesIn(folder: string, grant: PathGrant, guard: PathGuard): Promise<readonly Entry[]> {
  try {
    const { real } = await guard.enter(folder === '' ? '.' : folder, grant);
    const isSensitive = await guard.sensitiveBelow(real);
    const found = await inFolder(real, (reach) => readdir(reach, { withFileTypes: true }));
    return found
      .filter(({ name }) => !isSensitive?.(join(real, name)))
      .map((entry) => ({ name: entry.name, isDirectory: entry.isDirectory() }));
  } catch (error) {
    if (error instanceof DomainError || codeOf(error) !== undefined) return [];
    throw error;
  }
}
