// Becomes one bundled file: stores in the database that the first argument names, waits for the disk, and empties the log.
import { SqliteDatabase } from '../../../src/infrastructure/persistence/sqlite/sqlite-database.ts';
import { SqliteStore } from '../../../src/infrastructure/persistence/sqlite/sqlite-store.ts';
import { changeTo } from '../../support/contract-store.ts';

async function storeAndEmpty(): Promise<void> {
  const database = new SqliteDatabase({ path: process.argv[2] ?? '', synchronous: 'full' });
  const store = new SqliteStore(database);
  await store.commit([changeTo('a')]);
  const isEmptied = await database.truncateLog();
  const version = (await store.find('conversation', 'a'))?.version;
  await database.close();
  console.log(JSON.stringify({ version, isEmptied }));
}

void storeAndEmpty();
