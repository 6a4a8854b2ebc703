import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadSqlite } from '../../../src/infrastructure/persistence/sqlite/load-sqlite.ts';
import { migrations } from '../../../src/infrastructure/persistence/sqlite/migrations.ts';
import {
  fuseKindIn,
  isShare,
  networkKind,
} from '../../../src/infrastructure/persistence/sqlite/network-folder.ts';
import { SqliteStore } from '../../../src/infrastructure/persistence/sqlite/sqlite-store.ts';
import { changeTo, eventOf } from '../../support/contract-store.ts';
import { refusalOf } from '../../support/failure.ts';
import { added, sqliteFolder } from '../../support/sqlite-folder.ts';

const test = suite('SQLite: opening');
const { newPath, open } = sqliteFolder(test);
const { DatabaseSync } = loadSqlite();

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

/** The first number of the first row. */
function numberIn(path: string, sql: string): number {
  const database = new DatabaseSync(path);
  const row = database.prepare(sql).get() ?? {};
  database.close();
  return Number(Object.values(row)[0]);
}

test('makes nothing before the first use', async () => {
  const path = newPath();
  const database = open(path);
  assert.equal(database.health(), { state: 'up' });
  await database.close();
  assert.not(existsSync(dirname(path)));
});

test('gives its warning of node:sqlite to nobody, and no other is lost', async () => {
  const warnings: string[] = [];
  const listen = (warning: Error) => warnings.push(warning.message);
  process.on('warning', listen);
  loadSqlite();
  process.emitWarning('ours');
  await new Promise((resolve) => setTimeout(resolve));
  process.off('warning', listen);
  assert.equal(warnings, ['ours']);
});

if (process.platform !== 'win32')
  test('makes files that only the user may read', async () => {
    const path = newPath();
    const before = process.umask(0);
    await new SqliteStore(open(path)).commit([changeTo('a')]);
    process.umask(before);
    const files = readdirSync(dirname(path));
    assert.equal(files.sort(), ['tfo.db', 'tfo.db-shm', 'tfo.db-wal']);
    assert.equal(
      files.map((file) => modeOf(`${dirname(path)}/${file}`)),
      ['600', '600', '600'],
    );
    assert.is(modeOf(dirname(path)), '700');
  });

if (process.platform !== 'win32')
  test('a file of this user that others may read is taken from them, with what is beside it', async () => {
    const path = newPath();
    await open(path).write([]);
    chmodSync(path, 0o644);
    const database = open(path);
    await new SqliteStore(database).append([eventOf('1')]);
    assert.equal(
      ['', '-wal', '-shm'].map((ending) => modeOf(path + ending)),
      ['600', '600', '600'],
    );
  });

test('makes a database that gives freed space back and overwrites what is deleted', async () => {
  const path = newPath();
  const database = open(path);
  const read = (pragma: string) =>
    database.read(
      (connection) => Object.values(connection.database.prepare(`pragma ${pragma}`).get() ?? {})[0],
    );
  for (const [pragma, value] of [
    ['auto_vacuum', 2],
    ['secure_delete', 1],
    ['wal_autocheckpoint', 0],
    ['busy_timeout', 0],
    ['synchronous', 1],
    ['journal_mode', 'wal'],
  ] as const)
    assert.is(await read(pragma), value, pragma);
});

test('opens a path with characters that addresses write otherwise', async () => {
  const path = `${newPath()} ü%20?#&mode=ro`;
  await new SqliteStore(open(path)).commit([changeTo('a')]);
  assert.ok(existsSync(path));
});

test('opens once for all who ask at once', async () => {
  const store = new SqliteStore(open(newPath()));
  const commits = Array.from({ length: 20 }, (_, n) => store.commit([changeTo(`${n}`)]));
  await Promise.all([...commits, store.list('conversation', 'ada', 10)]);
  assert.is((await store.list('conversation', 'ada', 100)).length, 20);
});

test('two stores on one file see what the other stores', async () => {
  const path = newPath();
  const [one, other] = [new SqliteStore(open(path)), new SqliteStore(open(path))];
  await one.commit([changeTo('a', { events: [eventOf('1')] })]);
  assert.is((await other.find('conversation', 'a'))?.version, 1);
  await other.commit([changeTo('a', { from: 1, version: 2, events: [eventOf('2')] })]);
  assert.is((await refusalOf(one.commit([changeTo('a', { from: 1, version: 2 })]))).code, 'store.conflict');
  const events = await one.events({}, undefined, 10);
  assert.equal(
    events.map(({ eventId }) => eventId as string),
    ['1', '2'],
  );
});

test('brings an older schema up to date, and keeps what is stored', async () => {
  const path = newPath();
  const change = changeTo('a', { appended: [{ n: 1 }], events: [eventOf('1')] });
  const old = open(path);
  await new SqliteStore(old).commit([change]);
  await old.close();
  const store = new SqliteStore(open(path, { migrations: added }));
  assert.equal(await store.find('conversation', 'a'), change.head);
  assert.equal(await store.appended('conversation', 'a', 10), [{ n: 1 }]);
  assert.is(numberIn(path, 'pragma user_version'), 2);
  assert.is(numberIn(path, 'select count(*) from more'), 0);
});

test('makes no step that another process makes after the version was looked at', async () => {
  const path = newPath();
  const racing = [...migrations];
  racing.entries = () => {
    const other = new DatabaseSync(path);
    other.exec(`begin immediate; ${migrations[0]?.sql}; pragma user_version = 1; commit`);
    other.close();
    return [...migrations].entries();
  };
  await new SqliteStore(open(path, { migrations: racing })).commit([changeTo('a')]);
  assert.is(numberIn(path, 'select count(*) from head'), 1);
});

test('stores nothing of a step of the schema that fails', async () => {
  const path = newPath();
  const broken = [
    ...migrations,
    { name: 'broken', sql: 'create table more (a text) strict; oops', changesTables: false },
  ];
  assert.is((await refusalOf(open(path, { migrations: broken }).read(() => 1))).code, 'store.unavailable');
  assert.is(numberIn(path, 'pragma user_version'), 1);
  assert.is(numberIn(path, "select count(*) from sqlite_schema where name = 'more'"), 0);
  await new SqliteStore(open(path)).commit([changeTo('a')]);
});

test('an older program that still runs stops writing when a later one changed the schema', async () => {
  const path = newPath();
  const old = open(path);
  const store = new SqliteStore(old);
  await store.commit([changeTo('a')]);
  await new SqliteStore(open(path, { migrations: added })).commit([changeTo('b')]);
  const sentence =
    'The database is of a later version of tfo-mcp (schema 2, this one knows 1): update this program, then start it again';
  for (const _ of [1, 2]) {
    assert.is((await refusalOf(store.commit([changeTo('c')]))).message, sentence);
    assert.is((await refusalOf(store.append([eventOf('1')]))).message, sentence);
  }
  assert.equal(old.health(), { state: 'down' });
  assert.is(numberIn(path, 'select count(*) from head'), 2);
});

test('leaves a database of a later version as it is, with what a killed process left beside it', async () => {
  const path = newPath();
  const source = open(newPath(), { migrations: added });
  await new SqliteStore(source).commit([changeTo('a')]);
  mkdirSync(dirname(path));
  const from = (await source.read(({ database }) => database.location())) ?? '';
  for (const ending of ['', '-wal']) copyFileSync(from + ending, path + ending);
  const before = readFileSync(path);
  const wal = readFileSync(`${path}-wal`);
  assert.match((await refusalOf(open(path).read(() => 1))).message, /later version of tfo-mcp \(schema 2/);
  assert.ok(readFileSync(path).equals(before));
  assert.ok(readFileSync(`${path}-wal`).equals(wal));
});

test('leaves another program’s database as it is', async () => {
  const path = newPath();
  mkdirSync(dirname(path));
  const database = new DatabaseSync(path);
  database.exec('create table theirs (a)');
  database.close();
  const before = readFileSync(path);
  assert.match((await refusalOf(open(path).read(() => 1))).message, /another program's/);
  assert.ok(readFileSync(path).equals(before));
});

test('takes an empty file', async () => {
  const path = newPath();
  mkdirSync(dirname(path));
  writeFileSync(path, '');
  await new SqliteStore(open(path)).commit([changeTo('a')]);
});

test('refuses network file systems by what they are', () => {
  for (const [type, kind] of [
    [0x6969, 'NFS'],
    [0xff534d42, 'CIFS'],
    [0xfe534d42, 'SMB'],
    [0x01021997, '9P'],
    [0xef53, undefined], // ext4
    [0x01021994, undefined], // tmpfs
    [0x794c7630, undefined], // overlayfs
  ] as const)
    assert.is(networkKind(type), kind);
});

test('refuses kinds of FUSE that are not as good as a disk', () => {
  const mounts = [
    '23 1 254:0 / / rw shared:1 - ext4 /dev/vda rw',
    '30 23 0:51 / /remote rw shared:2 - fuse.sshfs ada@there: rw,user_id=0',
    '31 23 0:300 / /windows rw shared:3 master:4 - fuseblk /dev/sdb1 rw',
    '32 23 0:53 / /home rw - fuse.fuse-overlayfs fuse-overlayfs rw',
  ].join('\n');
  assert.is(fuseKindIn(mounts, 51), 'fuse.sshfs');
  assert.is(fuseKindIn(mounts, (300 & 0xff) | ((300 & ~0xff) << 12)), undefined);
  assert.is(fuseKindIn(mounts, 53), undefined);
  assert.is(fuseKindIn(mounts, 54), 'fuse');
  assert.is(fuseKindIn('', 51), 'fuse');
});

test('knows a share of another Windows machine by its path', () => {
  for (const path of [
    '\\\\server\\share\\x',
    '//server/share',
    '\\\\?\\UNC\\server\\share',
    '\\\\?\\unc\\s\\x',
  ])
    assert.ok(isShare(path), path);
  for (const path of ['C:\\x', '\\\\?\\C:\\x', '\\\\.\\C:\\x', '/x', 'C:/x', '\\x'])
    assert.not(isShare(path), path);
});

test.run();
