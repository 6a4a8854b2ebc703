// Becomes one bundled file. Stores conversations, with an event each, in a database, for the arguments PATH, SCHEMA, NAME and PATIENCE
// in milliseconds, until it is ended. Prints `stored ID` when one is acknowledged, or `refused SENTENCE`.
import { writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { migrations } from '../../../src/infrastructure/persistence/sqlite/migrations.ts';
import { SqliteDatabase } from '../../../src/infrastructure/persistence/sqlite/sqlite-database.ts';
import { SqliteStore } from '../../../src/infrastructure/persistence/sqlite/sqlite-store.ts';
import { changeTo, eventOf } from '../../support/contract-store.ts';
import { added, changed } from '../../support/sqlite-folder.ts';

const say = (line: string) => writeSync(1, `${line}\n`); // at once: what was printed is known even of a killed process

async function storeAll(path: string, schema: string, name: string, patience: string): Promise<never> {
  const steps = { ours: migrations, added, changed }[schema];
  if (steps === undefined) throw new TypeError(`There is no schema "${schema}"`);
  const store = new SqliteStore(
    new SqliteDatabase({ path, migrations: steps, patienceMs: Number(patience) }),
  );
  for (let n = 0; ; n++) {
    const id = `${name}-${n}`;
    try {
      await store.commit([changeTo(id, { events: [eventOf(id)] })]);
      say(`stored ${id}`);
    } catch (error) {
      say(`refused ${(error as Error).message}`);
    }
    await wait(2);
  }
}

const [path = '', schema = '', name = '', patience = '5000'] = process.argv.slice(2);
void storeAll(path, schema, name, patience);
