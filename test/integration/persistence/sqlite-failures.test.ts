import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadSqlite } from '../../../src/infrastructure/persistence/sqlite/load-sqlite.ts';
import { SqliteStore } from '../../../src/infrastructure/persistence/sqlite/sqlite-store.ts';
import { changeTo, eventOf } from '../../support/contract-store.ts';
import { failureOf, refusalOf } from '../../support/failure.ts';
import { skip } from '../../support/skip.ts';
import { sqliteFolder } from '../../support/sqlite-folder.ts';

const test = suite('SQLite: failures');
const { folder, newPath, open } = sqliteFolder(test);
const { DatabaseSync } = loadSqlite();

/** Another process's connection that has the write lock; it is given back by closing. */
function lockOf(path: string) {
  const database = new DatabaseSync(path);
  database.exec('begin immediate');
  return database;
}

/** A database with one conversation and a store on it. */
async function opened(options = {}) {
  const path = newPath();
  const database = open(path, options);
  const store = new SqliteStore(database);
  await store.commit([changeTo('a', { appended: [{ text: 'x'.repeat(100_000) }] })]);
  return { path, database, store };
}

/** A device of its own where this user may make one: a guard that fails must not take the machine's. */
function makeDevice(path: string): void {
  if (spawnSync('mknod', ['-m', '666', path, 'c', '1', '3']).status !== 0) symlinkSync('/dev/null', path);
}

function makeForeignDatabase(path: string): void {
  const database = new DatabaseSync(path);
  database.exec('create table t (a)');
  database.close();
}

async function refused(work: Promise<unknown>, sentence: RegExp): Promise<void> {
  const { code, message } = await refusalOf(work);
  assert.is(code, 'store.unavailable');
  assert.match(message, sentence);
}

test('a locked database is waited for off the event loop, then is down with a sentence, then up again', async () => {
  const { path, database, store } = await opened({ patienceMs: 50 });
  const states: string[] = [];
  const leave = database.onStateChange(() => states.push(database.health().state));
  const lock = lockOf(path);
  let turns = 0;
  const count = setInterval(() => turns++, 1);
  await refused(store.commit([changeTo('b')]), /^Another process keeps the database locked: /);
  clearInterval(count);
  assert.ok(turns > 1, 'others run meanwhile');
  assert.match(database.reason ?? '', /locked/);
  assert.is((await store.find('conversation', 'a'))?.version, 1, 'a lock keeps nobody from reading');
  assert.equal(database.health(), { state: 'down' }, 'reading says nothing about writing');
  lock.close();
  await store.commit([changeTo('b')]);
  assert.equal(database.health(), { state: 'up' });
  assert.is(database.reason, undefined);
  assert.equal(states, ['down', 'up']);
  leave();
});

for (const synchronous of ['normal', 'full'] as const)
  test(`commits that waited for a lock are stored, in their order: ${synchronous}`, async () => {
    const { path, store } = await opened({ synchronous });
    const lock = lockOf(path);
    const commits = Array.from({ length: 50 }, (_, n) =>
      store.commit([changeTo(`${n}`, { events: [eventOf(`${n}`)] })]),
    );
    setTimeout(() => lock.close(), 20);
    await Promise.all(commits);
    const events = await store.events({}, undefined, 100);
    assert.equal(
      events.map(({ eventId }) => eventId as string),
      commits.map((_, n) => `${n}`),
    );
  });

test('a database that is locked while it is opened is waited for, too', async () => {
  const { path, database } = await opened();
  await database.close();
  const lock = new DatabaseSync(path);
  lock.exec('pragma locking_mode = exclusive; begin immediate; update head set version = 1; commit');
  const patient = new SqliteStore(open(path));
  const impatient = new SqliteStore(open(path, { patienceMs: 30 }));
  const commit = patient.commit([changeTo('b')]);
  await refused(impatient.find('conversation', 'a'), /keeps the database locked/);
  lock.close();
  await commit;
  assert.is((await impatient.find('conversation', 'b'))?.version, 1);
});

test('a new file that another process has begun to write is waited for, and its schema made once', async () => {
  const path = newPath();
  mkdirSync(dirname(path));
  writeFileSync(path, '');
  const lock = lockOf(path);
  const commits = ['a', 'b'].map((id) => new SqliteStore(open(path)).commit([changeTo(id)]));
  setTimeout(() => lock.close(), 20);
  await Promise.all(commits);
});

test('a database that has another journal gets its log back, as soon as nobody writes', async () => {
  const { path, database } = await opened();
  await database.close();
  const lock = new DatabaseSync(path);
  lock.exec('pragma journal_mode = delete; begin immediate');
  const again = open(path);
  const commit = new SqliteStore(again).commit([changeTo('b')]);
  setTimeout(() => lock.close(), 20);
  await commit;
  const mode = await again.read((connection) => connection.database.prepare('pragma journal_mode').get());
  assert.is(mode?.['journal_mode'], 'wal');
});

test('what waits when the store is closed is stored; what comes later is refused', async () => {
  const { path, database, store } = await opened();
  const lock = lockOf(path);
  const commits = [store.commit([changeTo('b')]), store.commit([changeTo('c')])];
  let isClosed = false;
  const closing = database.close().then(() => {
    isClosed = true;
  });
  const late = [store.commit([changeTo('d')]), store.find('conversation', 'a')];
  for (const one of late) await refused(one, /^The database is closed/);
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.not(isClosed);
  lock.close();
  await Promise.all([...commits, closing]);
  const reader = new SqliteStore(open(path));
  assert.is((await reader.list('conversation', 'ada', 10)).length, 3);
  await database.close();
});

if (process.platform !== 'win32')
  for (const [what, replace] of [
    ['removed', removeAll],
    ['replaced', replaceByCopy],
  ] as const)
    test(`a file that is ${what} while it is open takes nothing more, and another is opened`, async () => {
      const { path, database, store } = await opened();
      replace(path);
      await refused(
        store.commit([changeTo('b')]),
        /^The file of the database was removed or replaced: try again/,
      );
      assert.equal(database.health(), { state: 'down' });
      assert.is(await store.find('conversation', 'b'), undefined);
      await store.commit([changeTo('c')]);
      assert.equal(database.health(), { state: 'up' });
      await database.close();
      assert.is(
        (await new SqliteStore(open(path)).find('conversation', 'c'))?.version,
        1,
        'it is in the file',
      );
    });

function removeAll(path: string): void {
  for (const ending of ['', '-wal', '-shm']) rmSync(path + ending);
}

function replaceByCopy(path: string): void {
  const database = new DatabaseSync(path);
  database.exec(`vacuum into '${path}.copy'`);
  database.close();
  for (const ending of ['-wal', '-shm']) rmSync(path + ending);
  renameSync(`${path}.copy`, path);
}

test('a file that is no database is left as it is, until there is one', async () => {
  const { path: good, database: source } = await opened();
  await source.close();
  const path = newPath();
  mkdirSync(dirname(path));
  writeFileSync(path, 'no database '.repeat(1000));
  const database = open(path);
  const store = new SqliteStore(database);
  for (const _ of [1, 2]) await refused(store.find('conversation', 'a'), /is damaged, or is none: restore/);
  assert.equal(database.health(), { state: 'down' });
  copyFileSync(good, path);
  await store.commit([changeTo('b')]);
  assert.equal(database.health(), { state: 'up' }, 'who can write can read');
  assert.is((await store.find('conversation', 'a'))?.version, 1);
});

test('a damaged database says so, and nothing ends', async () => {
  const { path, database } = await opened();
  await database.close();
  truncateSync(path, 3 * 4096);
  const store = new SqliteStore(open(path));
  await refused(store.appended('conversation', 'a', 1), /^The database is damaged: restore a backup/);
  await refused(store.commit([changeTo('b', { appended: [{ n: 1 }] })]), /damaged/);
});

test('a folder where a file has to be, and a file where a folder has to be, are refused', async () => {
  const path = newPath();
  mkdirSync(path, { recursive: true });
  await refused(new SqliteStore(open(path)).find('conversation', 'a'), /^The database has to be a file/);
  writeFileSync(`${path}-file`, '');
  const below = new SqliteStore(open(`${path}-file/tfo.db`));
  await refused(below.find('conversation', 'a'), /^The folder of the database can't be used \(ENOTDIR\)/);
});

if (process.platform === 'linux' && process.getuid?.() === 0)
  test('a file that may be written again is written again, whatever was left beside it', () => {
    const path = newPath();
    mkdirSync(path, { recursive: true });
    for (const one of [folder, dirname(path)]) chmodSync(one, 0o755);
    chownSync(path, 65_534, 65_534);
    const script = join(import.meta.dirname, 'store-as-other.ts');
    const { stdout, stderr } = spawnSync(process.execPath, ['--no-warnings', script, path], {
      encoding: 'utf8',
    });
    assert.equal(JSON.parse(stdout || `"${stderr}"`), [
      'stored',
      "The database can't be written, its file or folder is read-only: make both writable",
      'stored',
    ]);
  });

if (process.platform !== 'win32')
  for (const [what, make] of [
    ['a pipe', (path: string) => spawnSync('mkfifo', [path])],
    ['a device', (path: string) => makeDevice(path)],
    ['a socket', (path: string) => once(createServer().listen(path).unref(), 'listening')],
  ] as const)
    test(`${what} where the file has to be is refused, and left as it is`, async () => {
      const path = newPath();
      mkdirSync(dirname(path));
      await make(path);
      const before = statSync(path).mode;
      await refused(
        new SqliteStore(open(path)).find('conversation', 'a'),
        /^The database has to be a file, something else is there: name another$/,
      );
      assert.is(statSync(path).mode, before);
    });

if (process.platform !== 'win32')
  for (const [what, make] of [
    ['a text', (path: string) => writeFileSync(path, 'x'.repeat(5000))],
    ["another program's database", makeForeignDatabase],
  ] as const)
    test(`${what} where the database has to be keeps its mode`, async () => {
      const path = newPath();
      mkdirSync(dirname(path));
      make(path);
      chmodSync(path, 0o644);
      await refused(new SqliteStore(open(path)).find('conversation', 'a'), /./);
      assert.is(statSync(path).mode & 0o777, 0o644);
    });

const UNSHARE = 'mount -t tmpfs -o size=512k none "$1" && exec "$2" --no-warnings "$3" "$1"';
const SMALL_DISK =
  'a full disk and a read-only one are said, what was acknowledged stays, and all goes on afterwards';
const smallDisk = newPath();
mkdirSync(smallDisk, { recursive: true });
if (spawnSync('unshare', ['-rm', 'true']).status === 0)
  test(SMALL_DISK, () => {
    const script = join(import.meta.dirname, 'store-on-small-disk.ts');
    const { stdout, stderr } = spawnSync(
      'unshare',
      ['-rm', 'sh', '-c', UNSHARE, 'sh', smallDisk, process.execPath, script],
      { encoding: 'utf8' },
    );
    assert.equal(JSON.parse(stdout || `"${stderr}"`), {
      full: 'There is no space left for the database: free some on its disk',
      whileFull: 'down',
      isReadWhileFull: true,
      isStillOpen: true,
      afterwards: 'up',
      areAllKept: true,
      isSound: 'ok',
      readOnly: "The database can't be opened: its file and folder have to be there, and writable",
      newOnReadOnly: "The folder of the database can't be used (EROFS): it has to be there, and writable",
      writableAgain: true,
    });
  });
else skip(test, 'user namespaces', SMALL_DISK);

const NETWORK = 'a folder that is no disk of this machine is refused, and nothing is made there';
if (spawnSync('unshare', ['-rm', 'sh', '-c', 'exec 3<>/dev/fuse']).status === 0)
  test(NETWORK, () => {
    const folder = newPath();
    mkdirSync(folder, { recursive: true });
    const script = join(import.meta.dirname, 'store-on-network.ts');
    const { stdout, stderr } = spawnSync(
      'unshare',
      ['-rm', process.execPath, '--no-warnings', script, folder],
      { encoding: 'utf8' },
    );
    assert.is(
      stdout || stderr,
      "The database can't lie on a network file system (fuse): name a folder on a local disk\n",
    );
  });
else skip(test, 'user namespaces', NETWORK);

test('a mistake of ours is no failure of the database', async () => {
  const { database, store } = await opened();
  const failure = await failureOf(
    database.read(() => {
      throw new TypeError('ours');
    }),
  );
  assert.is(failure.message, 'ours');
  assert.equal(database.health(), { state: 'up' });
  assert.is((await store.find('conversation', 'a'))?.version, 1);
});

test.run();
