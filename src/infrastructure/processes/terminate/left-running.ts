import type { LeftProcess } from '../../../application/ports/processes.ts';
import type { DescendantSearch } from './descendant-search.ts';
import { groupMembers, listProcesses, readName, readState } from './proc-files.ts';
import { signalGroup } from './process-group.ts';
import type { ProcessTree } from './process-tree.ts';

/**
 * The processes of a tree that still run after its leader has ended. Without procfs it can only be told that something of its group
 * does.
 * @param isAlone no other command is about to look
 */
export async function leftRunning(
  tree: ProcessTree,
  search: DescendantSearch | undefined,
  isAlone: boolean,
): Promise<readonly LeftProcess[]> {
  const found = new Set((await search?.find(tree, isAlone))?.pids);
  if (signalGroup(tree.leader, 0)) {
    if (listProcesses().length === 0) return [{ name: 'a process group', pid: tree.leader }];
    for (const pid of groupMembers(tree.leader)) found.add(pid);
  }
  return [...found]
    .filter((pid) => readState(pid)?.isRunning)
    .map((pid) => ({ name: readName(pid) ?? 'a process', pid }));
}
