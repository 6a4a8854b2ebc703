import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../paths.ts';

/**
 * When what is released was made: at its commit, or at SOURCE_DATE_EPOCH (reproducible-builds.org), seconds since 1970.
 * Throws outside git when that is not given.
 */
export function sourceDate(epoch: string | undefined): Date {
  const gitDir = `--git-dir=${join(root, '.git')}`;
  const seconds = epoch ?? execFileSync('git', [gitDir, 'log', '-1', '--format=%ct'], { encoding: 'utf8' });
  if (!/^\d+\s*$/.test(seconds))
    throw new Error(`Expected SOURCE_DATE_EPOCH to be seconds since 1970, got "${seconds}"`);
  return new Date(Number(seconds) * 1000);
}
