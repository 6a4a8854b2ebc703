import { setImmediate as nextIteration } from 'node:timers/promises';
import type { Eventual } from '../../../../application/eventual.ts';
import { LONG_MESSAGE } from '../../../jsonrpc/growing-bytes.ts';
import { collectSooner } from '../../collect-sooner.ts';

/** The reading of the last one, in the whole process. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Reads long messages one after the other, since each takes several times its length meanwhile; a short one at once.
 * @param length bytes or characters of the message
 */
export function oneAtATime<T>(length: number, read: () => Eventual<T>): Eventual<T> {
  if (length < LONG_MESSAGE) return read();
  collectSooner();
  const done = last.then(() => nextIteration()).then(read);
  last = done.then(forget, forget); // what came of it, or why nothing did, is told to whoever waits for it
  return done;
}

const forget = (): void => undefined;

/** Lets others be served after a step that took long, by how much it handled. */
export function yieldAfter(handled: number): Eventual<void> {
  return handled < LONG_MESSAGE ? undefined : nextIteration();
}
