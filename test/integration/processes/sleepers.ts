import { readdirSync, readFileSync } from 'node:fs';

let lastSeconds = 1_000_000;

/** A time for `sleep` that no other process sleeps: by it a test finds its own. */
export function uniqueSeconds(): string {
  lastSeconds += 1;
  return `${lastSeconds}.${process.pid}`;
}

/** The processes with this command line. One that has ended has none any more, reaped or not. */
export function pidsOf(...argv: readonly string[]): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      if (!(pid > 0)) return false;
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'latin1') === `${argv.join('\0')}\0`;
      } catch {
        return false; // ended while we looked
      }
    });
}

/** The number of processes that sleep for so long. */
export function sleepersOf(seconds: string): number {
  return pidsOf('sleep', seconds).length;
}

/** Resolves when it holds; fails when it does not come to. */
export async function eventually(holds: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + 15_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`Expected ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Resolves when so many sleep for so long. */
export function sleeping(seconds: string, count: number): Promise<void> {
  return eventually(() => sleepersOf(seconds) === count, `${count} processes to sleep ${seconds}`);
}
