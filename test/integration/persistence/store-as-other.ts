// As a user who is not root, stores in a database in the folder of the first argument while its file can't be written, and when it can be.
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { SqliteDatabase } from '../../../src/infrastructure/persistence/sqlite/sqlite-database.ts';
import { SqliteStore } from '../../../src/infrastructure/persistence/sqlite/sqlite-store.ts';
import { changeTo } from '../../support/contract-store.ts';

process.setgroups?.([]);
process.setgid?.(65_534);
process.setuid?.(65_534);
const path = join(process.argv[2] ?? '', 'tfo.db');
const outcomes: string[] = [];
const open = () => new SqliteDatabase({ path });
const store = async (database: SqliteDatabase, id: string) => {
  const commit = new SqliteStore(database).commit([changeTo(id)]);
  outcomes.push(
    await commit.then(
      () => 'stored',
      ({ message }) => message,
    ),
  );
};
const first = open();
await store(first, 'a');
await first.close();
chmodSync(path, 0o400);
const second = open();
await store(second, 'b');
chmodSync(path, 0o600);
await store(second, 'c');
await second.close();
console.log(JSON.stringify(outcomes));
