import { findNow } from './descendant-search.ts';
import { signalGroup, signalProcess } from './process-group.ts';
import type { ProcessTree } from './process-tree.ts';
import { taskkillNow } from './taskkill.ts';

/** Times that we look again: a killed process may have started something in the meantime. */
const MOST_LOOKS = 5;

/** Kills the trees at once and without a word: the last thing a process does that is about to exit. */
export function killNow(trees: readonly ProcessTree[]): void {
  if (trees.length === 0) return;
  for (const { leader } of trees) {
    if (process.platform === 'win32') taskkillNow(leader, () => signalProcess(leader, 'SIGKILL'));
    else signalGroup(leader, 'SIGKILL');
  }
  if (process.platform !== 'linux') return;
  for (let look = 0; look < MOST_LOOKS; look++) {
    const found = findNow(trees);
    if (found.length === 0) return;
    for (const pid of found) signalProcess(pid, 'SIGKILL');
  }
}
