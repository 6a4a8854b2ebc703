import type * as Sqlite from 'node:sqlite';

/**
 * Loads node:sqlite, at the first use. Node.js 22 warns of it on stderr as experimental: whoever starts this program can't do
 * anything about that. The warning is given while the module is loaded, in one synchronous stretch, so nothing else is silenced.
 */
export function loadSqlite(): typeof Sqlite {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return process.getBuiltinModule('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}
