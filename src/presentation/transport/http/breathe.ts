import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Eventual } from '../../../application/eventual.ts';

/** A step that handles so many bytes, or characters, takes some milliseconds. */
const LARGE = 1024 * 1024;

/** Lets others be served after a step that took long, by how much it handled. */
export function breatheAfter(handled: number): Eventual<void> {
  return handled < LARGE ? undefined : nextTurn();
}
