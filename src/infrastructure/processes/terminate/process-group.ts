/**
 * Sends a signal to every process of a group; 0 only asks. Tells whether there was one that could be reached: a group that is
 * gone, or belongs to someone else by now, is not ours to end.
 */
export function signalGroup(leader: number, signal: NodeJS.Signals | 0): boolean {
  return signalProcess(-leader, signal);
}

/** The same for one process. */
export function signalProcess(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false; // ESRCH: it has ended; EPERM: it runs as someone else
  }
}
