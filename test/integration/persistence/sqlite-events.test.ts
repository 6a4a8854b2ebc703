import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { FIRST_SINCE } from '../../../src/infrastructure/persistence/sqlite/event-rows.ts';
import { loadSqlite } from '../../../src/infrastructure/persistence/sqlite/load-sqlite.ts';
import { SqliteStore } from '../../../src/infrastructure/persistence/sqlite/sqlite-store.ts';
import { eventOf } from '../../support/contract-store.ts';
import { refusalOf } from '../../support/failure.ts';
import { sqliteFolder } from '../../support/sqlite-folder.ts';

const { DatabaseSync } = loadSqlite();

const test = suite('SQLite: events');
const { newPath, open } = sqliteFolder(test);

test('the first event since a time is found without a look at those before it', async () => {
  const database = open(newPath());
  const plan = await database.read((connection) =>
    connection.database.prepare(`explain query plan ${FIRST_SINCE}`).all('2026-01-01'),
  );
  assert.equal(
    plan.map(({ detail }) => detail),
    ['SEARCH event USING COVERING INDEX event_by_time (occurred_at>?)'],
  );
});

for (const payload of ['{"half":', 'null', '[]', '7', ''])
  test(`a payload that nobody stored is told as damage: ${JSON.stringify(payload)}`, async () => {
    const path = newPath();
    const store = new SqliteStore(open(path));
    await store.append([eventOf('1'), eventOf('2')]);
    const other = new DatabaseSync(path);
    other.prepare('update event set payload = ? where event_id = ?').run(payload, '2');
    other.close();
    assert.is((await store.events({}, undefined, 1)).length, 1);
    const { code, message } = await refusalOf(store.events({}, undefined, 10));
    assert.equal(
      [code, message],
      ['store.unavailable', 'The database is damaged: restore a backup, or move its file away'],
    );
  });

test.run();
