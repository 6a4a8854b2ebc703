import type { DomainEvent } from '../../../domain/shared/domain-event.ts';
import { restore } from './copy-database.ts';
import { eventWriteBehind } from './event-rows.ts';
import { addressOf } from './inspect-database.ts';
import { loadSqlite } from './load-sqlite.ts';
import { SqliteDatabase } from './sqlite-database.ts';

/**
 * Restores a backup, and stores the event that tells of it. It gets a number behind all those that were given before, so that whoever
 * follows the events goes on with it.
 * @throws DomainError as `restore`
 */
export async function restoreWithEvent(
  { from, to }: { readonly from: string; readonly to: string },
  event: DomainEvent,
): Promise<void> {
  const last = lastNumberIn(to);
  await restore({ from, to });
  const database = new SqliteDatabase({ path: to });
  try {
    await database.write([eventWriteBehind(last, event)]);
  } finally {
    await database.close();
  }
}

/** @returns 0 where it can't be read: then nobody follows the events of this file either */
function lastNumberIn(path: string): number {
  try {
    const { DatabaseSync } = loadSqlite();
    const database = new DatabaseSync(addressOf(path, 'ro'), { timeout: 0 });
    try {
      return Number(database.prepare('select max(seq) as last from event').get()?.['last'] ?? 0);
    } finally {
      database.close();
    }
  } catch {
    return 0;
  }
}
