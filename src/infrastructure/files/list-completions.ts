import { readdir } from 'node:fs/promises';
import type { PathGrant } from '../../application/ports/path-grants.ts';
import { DomainError } from '../../domain/shared/domain-error.ts';
import { inFolder } from './list-folder.ts';
import type { PathGuard } from './path-guard.ts';
import { codeOf } from './path-guard-failure.ts';

const MOST = 100;

/**
 * Paths that begin so, spelled as the caller spells them, directories with a trailing `/`; allowed directories while the prefix
 * is not inside of one. What may not be entered or read has no completions. At most 100, in order.
 */
export async function listCompletions(
  prefix: string,
  grant: PathGrant,
  guard: PathGuard,
): Promise<readonly string[]> {
  const roots = grant.directories.map((directory) => `${directory.replace(/\/$/, '')}/`);
  const above = roots.filter((root) => root.startsWith(prefix) && root !== prefix);
  const start = prefix.lastIndexOf('/') + 1;
  const below = start === 0 && above.length > 0 ? [] : await namesIn(prefix.slice(0, start), grant, guard);
  const matching = below
    .filter((name) => name.startsWith(prefix.slice(start)))
    .map((name) => prefix.slice(0, start) + name);
  return [...new Set([...above, ...matching])].sort().slice(0, MOST);
}

/** @param folder as the caller spells it, with its trailing `/`; empty: the first allowed directory */
async function namesIn(folder: string, grant: PathGrant, guard: PathGuard): Promise<readonly string[]> {
  try {
    const { real } = await guard.enter(folder === '' ? '.' : folder, grant);
    const isSensitive = await guard.sensitiveBelow(real);
    const found = await inFolder(real, (reach) => readdir(reach, { withFileTypes: true }));
    return found
      .filter(({ name }) => !isSensitive?.(`${real}/${name}`))
      .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
  } catch (error) {
    if (error instanceof DomainError || codeOf(error) !== undefined) return [];
    throw error;
  }
}
