import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Eventual } from '../../../application/eventual.ts';

/** A step that handles so many bytes, or characters, takes some milliseconds. */
const LARGE = 1024 * 1024;

let last: Promise<unknown> = Promise.resolve();

/**
 * Reads long messages one after the other, since each takes several times its length meanwhile; a short one at once.
 * @param length bytes or characters of the message
 */
export function inLine<T>(length: number, read: () => Eventual<T>): Eventual<T> {
  if (length < LARGE) return read();
  const done = last.then(() => nextTurn()).then(read);
  last = done.catch(() => undefined); // whoever waits for it is told
  return done;
}

/** Lets others be served after a step that took long, by how much it handled. */
export function breatheAfter(handled: number): Eventual<void> {
  return handled < LARGE ? undefined : nextTurn();
}
