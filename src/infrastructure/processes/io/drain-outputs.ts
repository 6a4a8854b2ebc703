import type { ChildProcess } from 'node:child_process';
import { setImmediate } from 'node:timers/promises';
import { settledWithin } from '../settled-within.ts';

/**
 * Milliseconds of quiet after which nothing more is expected: the command's own output is in the pipes when it ends, and arrives
 * within an iteration or two of the event loop.
 */
const QUIET_MS = 20;
const LONGEST_MS = 200;

/**
 * Takes what is left in the outputs of a command that has ended, then closes them: at their end; else, since what it has
 * started may hold them open for ever, when nothing more comes or too much does.
 * @param closed resolves when both outputs have ended
 * @param received how many bytes have come so far
 */
export async function drainOutputs(
  child: ChildProcess,
  closed: Promise<unknown>,
  received: () => number,
): Promise<void> {
  const started = performance.now();
  let before = -1;
  while (received() !== before && performance.now() - started < LONGEST_MS) {
    before = received();
    if (await settledWithin(closed, QUIET_MS)) return;
    await setImmediate(); // after a busy spell the timer comes first: let the pipes be read before they are judged
  }
  child.stdout?.destroy();
  child.stderr?.destroy();
}
