import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { backUp, restore } from '../../../src/infrastructure/persistence/sqlite/copy-database.ts';
import { findCopies } from '../../../src/infrastructure/persistence/sqlite/find-copies.ts';
import { schemaStatus } from '../../../src/infrastructure/persistence/sqlite/inspect-database.ts';
import { loadSqlite } from '../../../src/infrastructure/persistence/sqlite/load-sqlite.ts';
import { migrations } from '../../../src/infrastructure/persistence/sqlite/migrations.ts';
import { restoreWithEvent } from '../../../src/infrastructure/persistence/sqlite/restore-with-event.ts';
import { SqliteStore } from '../../../src/infrastructure/persistence/sqlite/sqlite-store.ts';
import { changeTo, eventOf } from '../../support/contract-store.ts';
import { refusalOf } from '../../support/failure.ts';
import { added, sqliteFolder } from '../../support/sqlite-folder.ts';

const test = suite('SQLite: backup, restore, status');
const { newPath, open } = sqliteFolder(test);

const { DatabaseSync } = loadSqlite();

/** A database with one conversation and one event, open. */
async function opened(options = {}) {
  const path = newPath();
  const store = new SqliteStore(open(path, options));
  await store.commit([changeTo('a', { appended: [{ n: 1 }], events: [eventOf('1')] })]);
  return { path, store };
}

async function refused(work: Promise<unknown>, sentence: RegExp): Promise<void> {
  const { code, message } = await refusalOf(work);
  assert.is(code, 'store.unavailable');
  assert.match(message, sentence);
}

test('a backup has one moment of the database, while others go on writing', async () => {
  const { path, store } = await opened();
  for (let n = 0; n < 300; n++)
    await store.commit([changeTo(`old-${n}`, { appended: [{ text: 'x'.repeat(5000) }] })]);
  const to = `${path}.backup`;
  let isRunning = true;
  const backup = backUp({ from: path, to }).finally(() => {
    isRunning = false;
  });
  let meanwhile = 0;
  while (isRunning) {
    await store.commit([changeTo(`new-${meanwhile++}`)]);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await backup;
  assert.ok(meanwhile > 0);
  const copy = new SqliteStore(open(to));
  const ids = (await copy.list('conversation', 'ada', 10_000)).map(({ id }) => id);
  assert.is(ids.filter((id) => id.startsWith('old-')).length, 300);
  assert.ok(ids.filter((id) => id.startsWith('new-')).length <= 1);
  assert.equal(await copy.appended('conversation', 'a', 10), [{ n: 1 }]);
});

test('a backup is one file that only the user may read', async () => {
  const { path } = await opened();
  const to = `${path}.backup`;
  const before = process.umask(0);
  await backUp({ from: path, to });
  process.umask(before);
  assert.equal(readdirSync(dirname(path)).sort(), ['tfo.db', 'tfo.db-shm', 'tfo.db-wal', 'tfo.db.backup']);
  if (process.platform !== 'win32') assert.is(statSync(to).mode & 0o777, 0o600);
});

test('a backup replaces no file, and leaves none where it fails', async () => {
  const { path } = await opened();
  writeFileSync(`${path}.mine`, 'mine');
  await refused(backUp({ from: path, to: `${path}.mine` }), /tfo\.db\.mine" exists already: name another/);
  assert.is(readFileSync(`${path}.mine`, 'utf8'), 'mine');
  const none = newPath();
  await refused(backUp({ from: none, to: `${path}.backup` }), /nothing to back up/);
  assert.not(existsSync(`${path}.backup`));
  const nowhere = join(dirname(path), 'none', 'b');
  await refused(backUp({ from: path, to: nowhere }), /b" can't be written \(ENOENT\): its folder/);
});

test('what a backup that was killed left is not in the way of the next', async () => {
  const { path } = await opened();
  writeFileSync(`${path}.backup.${process.pid}.part`, ''); // in a container every process has one number
  await backUp({ from: path, to: `${path}.backup` });
  assert.ok(existsSync(`${path}.backup`));
});

test('a restore puts the old content back for processes that go on', async () => {
  const { path, store } = await opened();
  const from = `${path}.backup`;
  await backUp({ from: path, to: from });
  await store.commit([changeTo('b'), changeTo('a', { from: 1, version: 2, appended: [{ n: 2 }] })]);
  await restore({ from, to: path });
  assert.is((await store.find('conversation', 'a'))?.version, 1);
  assert.is(await store.find('conversation', 'b'), undefined);
  assert.equal(await store.appended('conversation', 'a', 10), [{ n: 1 }]);
  await store.commit([changeTo('a', { from: 1, version: 2, appended: [{ n: 3 }] })]);
  assert.equal(await store.appended('conversation', 'a', 10), [{ n: 1 }, { n: 3 }]);
});

test('a restore makes a database where there is none, and brings an old schema up to date', async () => {
  const { path } = await opened();
  const from = `${path}.backup`;
  await backUp({ from: path, to: from });
  const to = newPath();
  await restore({ from, to }, added);
  assert.is((await schemaStatus(to, added)).current, 2);
  const store = new SqliteStore(open(to, { migrations: added }));
  assert.is((await store.find('conversation', 'a'))?.version, 1);
});

test('a program whose database becomes one of an older schema brings it up to date again', async () => {
  const { path, store } = await opened({ migrations: added });
  const other = new DatabaseSync(path);
  other.exec('drop table more; pragma user_version = 1');
  other.close();
  await refused(store.commit([changeTo('b')]), /^The database was replaced by an older one: try again/);
  await store.commit([changeTo('c')]);
  assert.is((await schemaStatus(path, added)).current, 2);
});

test('a restore puts damaged databases aside, with their logs', async () => {
  const { path: from } = await opened();
  const to = newPath();
  mkdirSync(dirname(to));
  for (const nth of ['first', 'second']) {
    writeFileSync(to, `${nth} is no database `.repeat(1000));
    writeFileSync(`${to}-wal`, nth);
    await restore({ from, to });
    assert.is((await new SqliteStore(open(to)).find('conversation', 'a'))?.version, 1);
  }
  for (const [name, nth] of [
    [`${to}.damaged/1/tfo.db`, 'first'],
    [`${to}.damaged/2/tfo.db`, 'second'],
  ] as const) {
    assert.match(readFileSync(name, 'utf8'), new RegExp(`^${nth}`));
    assert.is(readFileSync(`${name}-wal`, 'utf8'), nth);
  }
});

if (process.platform !== 'win32')
  test('a restore puts aside the damaged target of a link, not the link', async () => {
    const { path: from } = await opened();
    const target = newPath();
    const link = newPath();
    for (const path of [target, link]) mkdirSync(dirname(path));
    writeFileSync(target, 'no database '.repeat(1000));
    symlinkSync(target, link);
    await restore({ from, to: link });
    assert.is(readlinkSync(link), target);
    assert.match(readFileSync(`${target}.damaged/1/tfo.db`, 'utf8'), /^no database/);
    assert.is((await new SqliteStore(open(target)).find('conversation', 'a'))?.version, 1);
  });

/** Overwrites pages in the middle; SQLite opens it all the same. */
function damage(path: string): void {
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.fill(0, 2 * 4096, 4 * 4096));
}

test('a database with damaged pages is put aside by a restore, and backed up by none', async () => {
  const { path: from } = await opened();
  const path = newPath();
  const database = open(path);
  await new SqliteStore(database).commit([changeTo('b', { appended: [{ text: 'x'.repeat(100_000) }] })]);
  await database.close();
  damage(path);
  await refused(backUp({ from: path, to: `${path}.backup` }), /damaged: restore an older backup/);
  assert.not(existsSync(`${path}.backup`));
  await restore({ from, to: path });
  assert.ok(readFileSync(`${path}.damaged/1/tfo.db`, 'utf8').includes('xxx'));
  assert.is(await new SqliteStore(open(path)).find('conversation', 'b'), undefined);
});

test('copies in which a conversation still is are found: backups beside the database, and damaged ones', async () => {
  const { path, store } = await opened();
  const id = '0198c0de-0000-7000-8000-000000000001';
  const find = () => findCopies(path, id);
  const [before, with_, migration, none] = ['before', 'with', 'before-migration', 'txt'].map(
    (name) => `${path}.${name}`,
  ) as [string, string, string, string];
  await backUp({ from: path, to: before });
  await store.commit([changeTo(id, { appended: [{ text: 'x'.repeat(3_000_000) }] })]);
  for (const to of [with_, migration]) await backUp({ from: path, to });
  writeFileSync(none, `no database of ours, with ${id}`);
  const damagedOnes = ['1', '2'].map((number) => join(`${path}.damaged`, number, 'tfo.db-wal'));
  for (const [at, file] of damagedOnes.entries()) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${'x'.repeat(2 ** 20 - 10)}${at === 0 ? id : ''}`);
  }
  assert.equal(await find(), [migration, with_, damagedOnes[0]]);
  await store.commit([{ ...changeTo(id), from: 1, head: undefined }]);
  assert.equal(await find(), [migration, with_, damagedOnes[0]]);
  rmSync(`${path}.damaged`, { recursive: true });
  for (const file of [with_, migration]) rmSync(file);
  assert.equal(await find(), []);
});

test('who follows the events of a database that is replaced by an older one is told', async () => {
  const { path, store } = await opened();
  const from = `${path}.backup`;
  await backUp({ from: path, to: from });
  await store.commit([changeTo('b', { events: [eventOf('2')] })]);
  const cursor = (await store.events({}, undefined, 10)).at(-1)?.cursor;
  assert.equal(await store.events({}, cursor, 10), []);
  await restore({ from, to: path });
  await refused(store.events({}, cursor, 10) as Promise<unknown>, /replaced by an older one/);
  assert.is((await store.events({}, undefined, 10)).length, 1);
});

test('who follows the events goes on with the one that tells of the restore', async () => {
  const { path, store } = await opened();
  const from = `${path}.backup`;
  await backUp({ from: path, to: from });
  for (const name of ['2', '3']) await store.append([eventOf(name)]);
  const cursor = (await store.events({}, undefined, 10)).at(-1)?.cursor;
  await restoreWithEvent({ from, to: path }, eventOf('restored'));
  await store.append([eventOf('4')]);
  const names = async (after?: string) =>
    (await store.events({}, after, 10)).map(({ eventId }) => eventId as string);
  assert.equal(await names(cursor), ['restored', '4']);
  assert.equal(await names(), ['1', 'restored', '4']);
});

test('a restore is told in a database that was damaged or not there', async () => {
  const { path: from } = await opened();
  for (const content of [undefined, 'no database '.repeat(1000)]) {
    const to = newPath();
    mkdirSync(dirname(to));
    if (content !== undefined) writeFileSync(to, content);
    await restoreWithEvent({ from, to }, eventOf('restored'));
    const events = await new SqliteStore(open(to)).events({}, undefined, 10);
    assert.equal(
      events.map(({ eventId, cursor }) => [eventId as string, cursor]),
      [
        ['1', '1'],
        ['restored', '2'],
      ],
    );
  }
});

test('a restore waits for who has the database locked', async () => {
  const { path, store } = await opened();
  const from = `${path}.backup`;
  await backUp({ from: path, to: from });
  await store.commit([changeTo('later')]);
  const lock = new DatabaseSync(path);
  lock.exec('begin immediate');
  setTimeout(() => lock.close(), 200);
  await restore({ from, to: path });
  assert.is(await store.find('conversation', 'later'), undefined);
});

for (const [what, sql] of [
  ['another table', 'create table theirs (a text)'],
  ['a trigger', 'create trigger t after insert on event begin delete from head; end'],
  ['a table less', 'drop table event'],
] as const)
  test(`a restore takes no backup with ${what}`, async () => {
    const { path } = await opened();
    const from = `${path}.backup`;
    await backUp({ from: path, to: from });
    const database = new DatabaseSync(from);
    database.exec(sql);
    database.close();
    await refused(restore({ from, to: path }), /is no backup, or is damaged/);
  });

test('a restore of what is no sound backup of ours leaves the database as it was', async () => {
  const { path, store } = await opened();
  const noBackup = (name: string) => new RegExp(`${name}" is no backup, or is damaged: take another file$`);
  const bad = `${path}.bad`;
  await refused(restore({ from: bad, to: path }), noBackup('bad'));
  writeFileSync(bad, 'no database '.repeat(1000));
  await refused(restore({ from: bad, to: path }), noBackup('bad'));
  await refused(restore({ from: dirname(path), to: path }), noBackup(''));
  const foreign = `${path}.foreign`;
  const database = new DatabaseSync(foreign);
  database.exec('create table theirs (a text)');
  database.close();
  await refused(restore({ from: foreign, to: path }), noBackup('foreign'));
  const { path: newer } = await opened({ migrations: added });
  await refused(restore({ from: newer, to: path }), /later version/);
  const broken = `${path}.broken`;
  await store.commit([changeTo('big', { appended: [{ text: 'x'.repeat(100_000) }] })]);
  await backUp({ from: path, to: broken });
  damage(broken);
  await refused(restore({ from: broken, to: path }), noBackup('broken'));
  assert.is((await store.find('conversation', 'a'))?.version, 1);
});

test('the status says which steps were made, and makes none', async () => {
  const none = newPath();
  const [{ name = '' } = {}] = migrations;
  assert.equal(await schemaStatus(none), {
    current: 0,
    newest: 1,
    migrations: [{ version: 1, name, isApplied: false }],
  });
  assert.not(existsSync(none));
  const { path } = await opened();
  assert.equal(await schemaStatus(path, added), {
    current: 1,
    newest: 2,
    migrations: [
      { version: 1, name, isApplied: true },
      { version: 2, name: 'more', isApplied: false },
    ],
  });
  const { path: newer } = await opened({ migrations: added });
  assert.is((await schemaStatus(newer)).current, 2);
  writeFileSync(`${path}.bad`, 'no database '.repeat(1000));
  await refused(schemaStatus(`${path}.bad`), /damaged/);
});

test.run();
