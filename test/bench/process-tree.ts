import { readdirSync, readFileSync } from 'node:fs';

const KIB_PER_MIB = 1024;

interface Process {
  readonly pid: number;
  readonly parent: number;
}

/** A file of /proc, or '' when its process has just gone: a process that ends while it is read counts nothing. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function list(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

/** proc(5): the command, in parentheses, may hold spaces; state and parent follow it. */
function livingProcess(pid: number): Process | undefined {
  const stat = read(`/proc/${pid}/stat`);
  const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return stat === '' || state === 'Z' ? undefined : { pid, parent: Number(parent) };
}

/** The ids of a living process and of all its living descendants. */
function tree(root: number): number[] {
  const all = list('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => livingProcess(Number(name)) ?? []);
  const found = all.filter(({ pid }) => pid === root);
  for (const { pid } of found) found.push(...all.filter(({ parent }) => parent === pid));
  return found.map(({ pid }) => pid);
}

function mib(text: string, key: string): number {
  return Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0) / KIB_PER_MIB;
}

/** Memory of a process tree, in MiB. */
export interface Memory {
  readonly rss: number;
  readonly pss: number;
  /** The process's own: what cannot be shared or dropped. */
  readonly anonymous: number;
  /** The sum of the processes' high-water marks of RSS. */
  readonly peak: number;
}

export function memory(root: number): Memory {
  const sum = { rss: 0, pss: 0, anonymous: 0, peak: 0 };
  for (const pid of tree(root)) {
    const rollup = read(`/proc/${pid}/smaps_rollup`);
    sum.rss += mib(rollup, 'Rss');
    sum.pss += mib(rollup, 'Pss');
    sum.anonymous += mib(rollup, 'Anonymous');
    sum.peak += mib(read(`/proc/${pid}/status`), 'VmHWM');
  }
  return sum;
}

/** Processor time that all living threads of the tree have used, in ms; schedstat counts nanoseconds. */
export function processorMs(root: number): number {
  let ns = 0;
  for (const pid of tree(root)) {
    for (const thread of list(`/proc/${pid}/task`)) {
      ns += Number(read(`/proc/${pid}/task/${thread}/schedstat`).split(' ')[0] ?? 0);
    }
  }
  return ns / 1e6;
}

/** Kills a process and its descendants, each by its id. */
export function killTree(root: number): void {
  for (const pid of tree(root)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }
}
