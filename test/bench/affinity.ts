import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Pins the harness's main thread to `cores`; with `server`, all threads of that process too. */
function pin(cores: string, server?: number): void {
  spawnSync('taskset', ['-cp', cores, String(process.pid)]);
  if (server !== undefined) spawnSync('taskset', ['-acp', cores, String(server)]);
}

/**
 * Runs `work` with harness and server on one core, where taskset is to be had. Calls one at a time never need two, and
 * which core the scheduler wakes decides over half of their cost: on one core figures repeat within a few percent.
 */
export async function onOneCore<T>(server: number, work: () => Promise<T>): Promise<T> {
  const allowed =
    /^Cpus_allowed_list:\s*(.*)$/m.exec(readFileSync('/proc/thread-self/status', 'utf8'))?.[1] ?? '0';
  const first = /\d+/.exec(allowed)?.[0] ?? '0';
  pin(first, server);
  try {
    return await work();
  } finally {
    pin(allowed);
  }
}
