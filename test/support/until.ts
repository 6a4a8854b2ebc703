import { setTimeout as wait } from 'node:timers/promises';

/** Asks again until it holds: how soon a server hears of what a client did is the system's business. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await wait(5);
}
