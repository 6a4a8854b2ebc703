import { escapeLineSeparators } from '../../../domain/shared/json.ts';
import { negotiateLegacy } from '../../protocol/revisions.ts';
import type { Terminal } from './terminal.ts';

/** The revision in whose shapes `--json` prints: the newest ones, which leave nothing out, without an era's envelope. */
export const jsonShape = negotiateLegacy('2025-11-25');

/** For programs, whose lines end where they end for everybody, and legible for people who look at what programs get. */
export function printJson(value: unknown, terminal: Terminal): void {
  terminal.print(escapeLineSeparators(JSON.stringify(value, null, 2)));
}
