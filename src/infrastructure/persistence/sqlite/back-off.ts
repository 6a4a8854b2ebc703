import { setTimeout as wait } from 'node:timers/promises';
import { isBusy } from './store-failure.ts';

const LONGEST_MS = 20;

/**
 * Does the work, and again as long as others keep the database busy; never waits on the event loop. The pauses grow and are
 * random: processes that wait for each other would otherwise meet again.
 * @param deadline as `performance.now()`; from then on, being busy is a failure like others
 */
export async function whileBusy<T>(work: () => T | Promise<T>, deadline: number): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      const result = work();
      return result instanceof Promise ? await result : result;
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error;
    }
    await wait(Math.min(attempt, LONGEST_MS) * (0.5 + Math.random()));
  }
}
