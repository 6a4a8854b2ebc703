import { negotiateLegacy } from '../../protocol/revisions.ts';

/** The revision in whose shapes `--json` prints: the newest ones, which leave nothing out, without an era's envelope. */
export const jsonShape = negotiateLegacy('2025-11-25');
