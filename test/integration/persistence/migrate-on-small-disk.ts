// Changes the tables of a database in the folder that the first argument names, a file system of 2 MiB, and prints what came of it.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SqliteDatabase } from '../../../src/infrastructure/persistence/sqlite/sqlite-database.ts';
import { SqliteStore } from '../../../src/infrastructure/persistence/sqlite/sqlite-store.ts';
import { eventOf } from '../../support/contract-store.ts';
import { failureOf } from '../../support/failure.ts';
import { changed } from '../../support/sqlite-folder.ts';

const EVENTS = 400;

const folder = process.argv[2] ?? '';
const path = join(folder, 'tfo.db');
const old = new SqliteDatabase({ path });
const payload = { text: 'x'.repeat(500) };
await new SqliteStore(old).append(
  Array.from({ length: EVENTS }, (_, n) => ({ ...eventOf(`${n}`), payload })),
);
await old.close();

const database = new SqliteDatabase({ path, migrations: changed });
async function refusalBeside(ballast: number) {
  writeFileSync(join(folder, 'ballast'), Buffer.alloc(ballast));
  const { message } = await failureOf(database.read(() => 1));
  rmSync(join(folder, 'ballast'));
  const files = readdirSync(folder).filter((name) => !name.endsWith('-shm'));
  return { message, state: database.health().state, files };
}
const noBackup = await refusalBeside(1_650_000);
const noChange = await refusalBeside(1_250_000);
const areAllKept = (await new SqliteStore(database).events({}, undefined, 1000)).length === EVENTS;
const { state } = database.health();
await database.close();
console.log(JSON.stringify({ noBackup, noChange, areAllKept, state }));
