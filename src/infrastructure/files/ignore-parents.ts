import { constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { PathGrant } from '../../application/ports/path-grants.ts';
import { isInside } from '../../domain/policy/path-containment.ts';
import { pathPlatform } from '../../domain/policy/path-platform.ts';
import { IgnoreRules } from './ignore-rules.ts';
import { codeOf } from './path-guard-failure.ts';

/** Nobody writes as many rules; the workers read no more of a folder's own. */
const MAX_BYTES = 1024 * 1024;

/**
 * The rules that hold for a directory from above: those of the folders up to the root of its repository, where that lies in the
 * allowed directories. None where the directory is itself ignored: whoever names it wants to look into it.
 */
export async function ignoreRulesAbove(
  directory: string,
  grant: PathGrant,
): Promise<IgnoreRules | undefined> {
  const folders = await foldersOfRepository(directory, grant);
  let rules: IgnoreRules | undefined;
  for (const folder of folders) {
    const prefix = `${relative(folder, directory).replaceAll(sep, '/')}/`;
    const kept = folder === folders[0] ? await readRules(join(folder, '.git/info/exclude')) : '';
    const text = `${kept}\n${await readRules(join(folder, '.gitignore'))}`;
    if (text.trim() !== '') rules = IgnoreRules.above(text, prefix, rules);
  }
  return rules?.ignores('') ? undefined : rules;
}

/** The folders above one, from the root of the repository down; none outside of one. */
async function foldersOfRepository(directory: string, { directories }: PathGrant): Promise<string[]> {
  const platform = pathPlatform(process.platform);
  const isAllowed = (path: string) =>
    directories.some((allowed) => isInside(path, allowed, platform) === 'exactly');
  const folders: string[] = [];
  for (let folder = directory; !(await isRepository(folder)); ) {
    const parent = dirname(folder);
    if (parent === folder || !isAllowed(parent)) return [];
    folders.unshift(parent);
    folder = parent;
  }
  return folders;
}

async function isRepository(folder: string): Promise<boolean> {
  try {
    await lstat(join(folder, '.git'));
    return true;
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    return false;
  }
}

async function readRules(file: string): Promise<string> {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    const stats = await handle.stat();
    return stats.isFile() && stats.size <= MAX_BYTES ? await handle.readFile('utf8') : '';
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    return ''; // no such file, or none that may be read: no rules, as git has it
  } finally {
    await handle?.close();
  }
}
