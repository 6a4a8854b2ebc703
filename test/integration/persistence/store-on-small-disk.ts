// Stores in the folder that the first argument names, a file system of 512 KiB, and prints what came of it.
import { execFileSync } from 'node:child_process';
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SqliteDatabase } from '../../../src/infrastructure/persistence/sqlite/sqlite-database.ts';
import { SqliteStore } from '../../../src/infrastructure/persistence/sqlite/sqlite-store.ts';
import { changeTo } from '../../support/contract-store.ts';
import { failureOf } from '../../support/failure.ts';

const folder = process.argv[2] ?? '';
const path = join(folder, 'tfo.db');
const ballast = join(folder, 'ballast');
const open = (at: string) => {
  const database = new SqliteDatabase({ path: at });
  return { database, store: new SqliteStore(database) };
};
const messageOf = async (work: Promise<unknown>) => (await failureOf(work)).message;

writeFileSync(ballast, Buffer.alloc(100_000));
const { database, store } = open(path);
let count = 0;
const commit = () => store.commit([changeTo(`${count}`, { appended: [{ text: 'x'.repeat(5000) }] })]);
const connectionOf = () => database.read((connection) => connection);
const connection = await connectionOf();
let full = '';
while (full === '')
  await commit().then(
    () => count++,
    (error) => {
      full = error.message;
    },
  );
const whileFull = database.health().state;
let isFilled = false;
while (!isFilled)
  try {
    appendFileSync(`${ballast}-2`, Buffer.alloc(4096));
  } catch {
    isFilled = true;
  }
const isReadWhileFull = (await store.list('conversation', 'ada', 1000)).length === count;
const isStillOpen = (await connectionOf()) === connection;
for (const file of [ballast, `${ballast}-2`]) rmSync(file);
await commit();
const afterwards = database.health().state;
const areAllKept = (await store.list('conversation', 'ada', 1000)).length === count + 1;
const isSound = await database.read(({ database: opened }) =>
  Object.values(opened.prepare('pragma integrity_check').get() ?? {}).join(),
);
await database.close();

const remount = (mode: 'ro' | 'rw') => execFileSync('mount', ['-o', `remount,${mode}`, folder]);
remount('ro');
const { store: again } = open(path);
const readOnly = await messageOf(again.find('conversation', '0'));
const newOnReadOnly = await messageOf(open(join(folder, 'new', 'tfo.db')).store.find('conversation', '0'));
remount('rw');
const writableAgain = (await again.find('conversation', '0')) !== undefined;

const outcome = { full, whileFull, isReadWhileFull, isStillOpen, afterwards, areAllKept, isSound };
console.log(JSON.stringify({ ...outcome, readOnly, newOnReadOnly, writableAgain }));
