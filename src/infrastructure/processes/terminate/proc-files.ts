import { closeSync, openSync, readdirSync, readSync } from 'node:fs';

/* Facts that Linux tells about processes. Read synchronously: procfs answers from memory in some 10 µs, a thread pool takes 50. */

/** Most environments are far shorter; it grows with the longest one seen. */
let environment = Buffer.allocUnsafeSlow(64 * 1024);

/** For all else, which is shorter and comes in one piece. */
const fact = Buffer.allocUnsafeSlow(4096);

/** A short file of procfs: in half the time of `readFileSync`, which asks for its size and is told none. */
function readFact(path: string, encoding: 'latin1' | 'utf8' = 'latin1'): string {
  const file = openSync(path, 'r');
  try {
    return fact.toString(encoding, 0, readSync(file, fact, 0, fact.length, null));
  } finally {
    closeSync(file);
  }
}

/** Every process that can be seen; none where procfs isn't mounted. */
export function listProcesses(): number[] {
  try {
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 0);
  } catch {
    return [];
  }
}

/** A process's environment as it was started with; empty if it is just being started, or has ended. Good until the next call. */
export function readProcessEnvironment(pid: number): Buffer | undefined {
  let file: number;
  try {
    file = openSync(`/proc/${pid}/environ`, 'r');
  } catch {
    return undefined; // it has ended, or belongs to someone else
  }
  try {
    const length = readFully(file); // which may put a longer buffer in the place of this one
    return environment.subarray(0, length);
  } catch {
    return undefined; // ESRCH: it ended between the two
  } finally {
    closeSync(file);
  }
}

function readFully(file: number): number {
  let length = 0;
  for (;;) {
    const count = readSync(file, environment, length, environment.length - length, null);
    if (count === 0) return length;
    length += count;
    if (length === environment.length) environment = Buffer.concat([environment], length * 2);
  }
}

/** The process that was started last on this system; 0 where that can't be told. */
export function lastProcess(): number {
  try {
    return Number(readFact('/proc/loadavg').split(' ').at(-1)) || 0;
  } catch {
    return 0;
  }
}

/** proc(5), `/proc/pid/comm`: the program's name, or what it calls itself. */
export function readName(pid: number): string | undefined {
  try {
    return readFact(`/proc/${pid}/comm`, 'utf8').trimEnd();
  } catch {
    return undefined; // it has ended
  }
}

export interface ProcessState {
  readonly group: number;
  /** It has not ended, or threads of it go on though its first one has. */
  readonly isRunning: boolean;
  /** It has an environment, or is about to have one: neither ended nor part of the kernel. */
  readonly hasMemory: boolean;
  /** The time of its fork, as `ticksNow` counts. */
  readonly startedTicks: number;
}

const KERNEL_THREAD = 0x200000;

/** Positions of the number of threads and of the start, counted from the state. */
const THREADS = 17;
const START = 19;

/** proc(5), `/proc/pid/stat`: the fields behind the name, which may itself hold blanks and parentheses. */
export function readState(pid: number): ProcessState | undefined {
  try {
    const text = readFact(`/proc/${pid}/stat`);
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [state, , group, , , , flags] = fields;
    const hasEnded = state === 'Z' || state === 'X';
    return {
      group: Number(group),
      isRunning: !hasEnded || Number(fields[THREADS]) > 1,
      hasMemory: !hasEnded && (Number(flags) & KERNEL_THREAD) === 0,
      startedTicks: Number(fields[START]),
    };
  } catch {
    return undefined;
  }
}

/** proc(5): what the system tells programs is in hundredths of a second, on every machine. */
const TICKS_A_SECOND = 100;

/** Time since the system was started; 0 where that can't be told. */
export function ticksNow(): number {
  try {
    return Math.floor(Number.parseFloat(readFact('/proc/uptime')) * TICKS_A_SECOND);
  } catch {
    return 0;
  }
}

/** Every process of a group that still runs. */
export const groupMembers = (leader: number): readonly number[] =>
  listProcesses().filter((pid) => {
    const state = readState(pid);
    return state?.group === leader && state.isRunning;
  });

/**
 * True if a process of the group still runs, and if that can't be told. To `kill` one that has ended is there until its parent takes
 * note, which for an orphan in a container without an init is never.
 */
export function groupIsRunning(leader: number): boolean {
  const pids = listProcesses();
  return pids.length === 0 || pids.map(readState).some((state) => state?.group === leader && state.isRunning);
}
