import { escapeLineSeparators } from '../../../domain/shared/json-text.ts';
import type { Terminal } from './terminal.ts';

/** For programs, whose lines end where they end for everybody, and legible for people who look at what programs get. */
export function printJson(value: unknown, terminal: Terminal): void {
  terminal.print(escapeLineSeparators(JSON.stringify(value, null, 2)));
}
