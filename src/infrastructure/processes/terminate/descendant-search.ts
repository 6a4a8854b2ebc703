import { marksIn } from './command-mark.ts';
import { lastProcess, listProcesses, readProcessEnvironment, readState } from './proc-files.ts';
import type { ProcessTree } from './process-tree.ts';

/** The findings of a look around for a tree. */
export interface Sighting {
  readonly pids: readonly number[];
  /** There were processes, just being started, that could not be told. */
  readonly isUnsure: boolean;
}

/** Commands that end together are looked for together. */
const SHARED_MS = 5;

/** Milliseconds that other work waits for a look around, at most. */
const SLICE_MS = 2;

/** Process numbers go round at 32,768 or later, and no machine starts that many in this time. */
const ONE_ROUND_MS = 1000;

/**
 * True if the tree certainly has no more processes than its leader: none has been started on this system since. One small file is
 * read for that, where a look around reads one for each process.
 */
export function hasOnlyLeader({ leader, startedAt }: ProcessTree): boolean {
  return lastProcess() === leader && performance.now() - startedAt < ONE_ROUND_MS;
}

/** Looks for what descends from commands, by their marks. Linux only. */
export class DescendantSearch {
  private waiting: { readonly tree: ProcessTree; readonly tell: (sighting: Sighting) => void }[] = [];

  /** Finds the processes of the tree in a few milliseconds. @param atOnce nobody else is about to ask */
  find(tree: ProcessTree, atOnce = false): Promise<Sighting> {
    return new Promise((tell) => {
      this.waiting.push({ tree, tell });
      if (this.waiting.length > 1) return;
      if (atOnce) this.look();
      else setTimeout(() => this.look(), SHARED_MS);
    });
  }

  private look(): void {
    const asked = this.waiting;
    this.waiting = [];
    const search = lookAround(asked.map(({ tree }) => tree));
    const goOn = () => {
      const pause = performance.now() + SLICE_MS;
      let step = search.next();
      while (!step.done && performance.now() < pause) step = search.next();
      if (!step.done) setImmediate(goOn);
      else for (const { tree, tell } of asked) tell(step.value.get(tree) ?? NOTHING);
    };
    goOn();
  }
}

/** The same at once, for a process that is about to exit. */
export function findNow(trees: readonly ProcessTree[]): readonly number[] {
  const search = lookAround(trees);
  let step = search.next();
  while (!step.done) step = search.next();
  return [...step.value.values()].flatMap(({ pids }) => pids);
}

const NOTHING: Sighting = { pids: [], isUnsure: false };

/** While we look, a process can start another one and be gone before we come to it: what is new is looked at again. */
const MOST_ROUNDS = 3;

/** Goes through the processes that can descend from the trees, and pauses after each. */
function* lookAround(trees: readonly ProcessTree[]): Generator<void, Map<ProcessTree, Sighting>> {
  const sightings = new Sightings(trees);
  let newest = lastProcess();
  let oldest = firstPossible(trees, newest);
  for (let round = 1; ; round++) {
    for (const pid of listProcesses()) {
      if (pid < oldest || pid === process.pid) continue;
      sightings.lookAt(pid);
      yield;
    }
    const last = lastProcess();
    if (last === newest) break;
    if (round === MOST_ROUNDS) {
      sightings.beUnsure();
      break;
    }
    oldest = last > newest ? newest + 1 : 0;
    newest = last;
  }
  return sightings.ofTrees;
}

/** The smallest number that a process of these trees can have: they are given out in order, until they go round. */
function firstPossible(trees: readonly ProcessTree[], newest: number): number {
  const now = performance.now();
  const inOrder = trees.every(({ leader, startedAt }) => leader <= newest && now - startedAt < ONE_ROUND_MS);
  return inOrder ? Math.min(...trees.map(({ leader }) => leader)) : 0;
}

/** The findings so far. */
class Sightings {
  readonly ofTrees = new Map<ProcessTree, { pids: number[]; isUnsure: boolean }>();
  private readonly treeOf: ReadonlyMap<string, ProcessTree>;

  constructor(trees: readonly ProcessTree[]) {
    for (const tree of trees) this.ofTrees.set(tree, { pids: [], isUnsure: false });
    this.treeOf = new Map(trees.map((tree) => [tree.mark, tree]));
  }

  lookAt(pid: number): void {
    const environment = readProcessEnvironment(pid);
    if (environment === undefined) return;
    if (environment.length === 0 && readState(pid)?.hasMemory) this.beUnsure();
    for (const mark of marksIn(environment)) {
      const tree = this.treeOf.get(mark);
      const sighting = tree && this.ofTrees.get(tree);
      if (sighting && !sighting.pids.includes(pid)) sighting.pids.push(pid);
    }
  }

  beUnsure(): void {
    for (const sighting of this.ofTrees.values()) sighting.isUnsure = true;
  }
}
