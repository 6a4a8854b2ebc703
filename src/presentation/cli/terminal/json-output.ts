import { escapeLineSeparators } from '../../../domain/shared/json.ts';
import { negotiateLegacy } from '../../protocol/revisions.ts';
import type { Terminal } from './terminal.ts';

/** The revision in whose shapes `--json` prints: the newest ones, which leave nothing out, without an era's envelope. */
export const jsonShape = negotiateLegacy('2025-11-25');

/** For programs, and legible for people who look at what programs get. */
export function printJson(value: unknown, terminal: Terminal): void {
  terminal.print(jsonText(value, 2));
}

/** Control characters that JSON takes raw: a terminal takes some of them for the beginning of a command. */
const CONTROLS = /[\x7f-\x9f]/g;

/** JSON whose lines end where they end for everybody, and that steers no terminal. @param indent spaces; without, it is one line */
export const jsonText = (value: unknown, indent?: number): string =>
  escapeLineSeparators(JSON.stringify(value, null, indent)).replace(
    CONTROLS,
    (character) => `\\u00${character.charCodeAt(0).toString(16)}`,
  );
