import type { Terminal } from './terminal.ts';

/** For programs, and legible for people who look at what programs get. */
export function printJson(value: unknown, terminal: Terminal): void {
  terminal.print(JSON.stringify(value, null, 2));
}
