import { setTimeout as sleep } from 'node:timers/promises';
import type { DescendantSearch } from './descendant-search.ts';
import { groupIsRunning, readState, ticksNow } from './proc-files.ts';
import { signalGroup, signalProcess } from './process-group.ts';
import type { ProcessTree } from './process-tree.ts';

/** Milliseconds that a process has to clean up after SIGTERM, before SIGKILL. */
const GRACE_MS = 2000;

/** After this we leave alone what even SIGKILL does not end, or what we may not signal. */
const GIVE_UP_MS = GRACE_MS + 2000;

const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 250;

/** Times that we look again for processes that were just being started when we looked. */
const MOST_UNSURE_LOOKS = 4;

/** Looks in a row that find nobody of a group running: one could miss a process whose parent ends just after starting it. */
const IDLE_LOOKS = 2;

/**
 * Ends a tree on POSIX: SIGTERM once to each process, before this returns to the group, and SIGKILL after the grace. Resolves
 * when nothing of it is left; never rejects.
 * @param search where there is one: it finds those who left the group
 */
export async function endTree(tree: ProcessTree, search: DescendantSearch | undefined): Promise<void> {
  const startedAt = performance.now();
  const told = new Set<number>();
  /** Processes that are started from then on were started to clean up. */
  const toldAt = ticksNow();
  let isFirstLook = true;
  let groupIsThere = signalGroup(tree.leader, 'SIGTERM');
  let unsureLooks = 0;
  let idleLooks = 0;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    const sighting = await search?.find(tree);
    const age = performance.now() - startedAt;
    const strays = (sighting?.pids ?? [])
      .map((pid) => ({ pid, state: readState(pid) }))
      .filter(({ state }) => state?.group !== tree.leader);
    for (const { pid, state } of strays) {
      const isOlder = isFirstLook || (state !== undefined && state.startedTicks < toldAt);
      if (age >= GRACE_MS) signalProcess(pid, 'SIGKILL');
      else if (isOlder && !told.has(pid)) signalProcess(pid, 'SIGTERM');
      told.add(pid);
    }
    isFirstLook = false;
    // Once it is gone, its number may come to be another's.
    if (groupIsThere) groupIsThere = signalGroup(tree.leader, age >= GRACE_MS ? 'SIGKILL' : 0);
    if (groupIsThere && search) idleLooks = groupIsRunning(tree.leader) ? 0 : idleLooks + 1;
    const groupIsOver = !groupIsThere || idleLooks >= IDLE_LOOKS;
    if (sighting?.isUnsure) unsureLooks += 1;
    const isSure = !sighting?.isUnsure || unsureLooks >= MOST_UNSURE_LOOKS;
    if ((groupIsOver && strays.length === 0 && isSure) || age >= GIVE_UP_MS) return;
    const untilGraceEnds = GRACE_MS - age;
    await sleep(untilGraceEnds > 0 ? Math.min(pause, untilGraceEnds) : pause);
  }
}
