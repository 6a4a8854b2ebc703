import { readdirSync, readFileSync } from 'node:fs';

const KIB_PER_MIB = 1024;

/** A process that cannot be taken for a later one of the same id. */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  /** When it started, in the kernel's clock ticks. */
  readonly start: string | undefined;
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

/** proc(5): the command, in parentheses, may hold spaces; state and parent follow it, and 17 fields later the start. */
function livingProcess(pid: number): Process | undefined {
  const stat = read(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return stat === '' || fields[0] === 'Z' ? undefined : { pid, parent: Number(fields[1]), start: fields[19] };
}

export function isAlive({ pid, start }: Process): boolean {
  return livingProcess(pid)?.start === start;
}

/** A living process and all its living descendants. */
export function tree(root: number): Process[] {
  const all = list('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => livingProcess(Number(name)) ?? []);
  const found = all.filter(({ pid }) => pid === root);
  for (const { pid } of found) found.push(...all.filter(({ parent }) => parent === pid));
  return found;
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
  for (const { pid } of tree(root)) {
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
  for (const { pid } of tree(root)) {
    for (const thread of list(`/proc/${pid}/task`)) {
      ns += Number(read(`/proc/${pid}/task/${thread}/schedstat`).split(' ')[0] ?? 0);
    }
  }
  return ns / 1e6;
}

const MS_PER_TICK = 10;

/**
 * Processor time of the tree, in ms, with the threads and children that have ended and were waited for. The kernel tells it
 * in ticks of 10 ms: for many calls together, not for one.
 */
export function processorMsOfAll(root: number): number {
  let ticks = 0;
  for (const { pid } of tree(root)) {
    const stat = read(`/proc/${pid}/stat`);
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    for (const own of fields.slice(11, 15)) ticks += Number(own); // utime, stime, cutime, cstime
  }
  return ticks * MS_PER_TICK;
}

/** Kills a process and its descendants. */
export function killTree(root: number): void {
  killAll(tree(root));
}

/** Kills processes, each by its id. */
export function killAll(processes: readonly Process[]): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }
}
