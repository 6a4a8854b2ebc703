import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { bundle } from '../../../build/bundle.ts';
import { restore } from '../../../src/infrastructure/persistence/sqlite/copy-database.ts';
import { schemaStatus } from '../../../src/infrastructure/persistence/sqlite/inspect-database.ts';
import { loadSqlite } from '../../../src/infrastructure/persistence/sqlite/load-sqlite.ts';
import type { Migration } from '../../../src/infrastructure/persistence/sqlite/migrations.ts';
import { SqliteStore } from '../../../src/infrastructure/persistence/sqlite/sqlite-store.ts';
import { changeTo, eventOf } from '../../support/contract-store.ts';
import { refusalOf } from '../../support/failure.ts';
import { skip } from '../../support/skip.ts';
import { added, changed, sqliteFolder } from '../../support/sqlite-folder.ts';
import { until } from '../../support/until.ts';

const test = suite('SQLite: migrations');
const { folder, newPath, open } = sqliteFolder(test);
const { DatabaseSync } = loadSqlite();

const PROCESSES = 8;
/** Longer than any disk needs: no process may give up before its turn. */
const PATIENT_MS = 300_000;
const DAY_MS = 86_400_000;
const OTHERS_HAVE_IT = /has to change the tables of the database, which other processes have open: end them/;

const script = join(folder, 'store-with-schema.cjs');
const children: ChildProcess[] = [];
test.before(async () => {
  await bundle({ entry: join(import.meta.dirname, 'store-with-schema.ts'), outfile: script });
});
test.after.each(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** A process that stores in a database of a schema, until it is killed. */
function storing(path: string, schema: 'ours' | 'added' | 'changed', name: string, patience = 5000) {
  const child = spawn(process.execPath, [script, path, schema, name, String(patience)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const lines: string[] = [];
  createInterface(child.stdout).on('line', (line) => lines.push(line));
  return {
    lines,
    stored: () => lines.flatMap((line) => line.match(/(?<=^stored ).*/) ?? []),
    /** Resolves with the first line from now on that is like this. */
    async next(like: RegExp): Promise<string> {
      for (let at = lines.length; ; at++) {
        while (lines.length <= at) await wait(1);
        if (like.test(lines[at] ?? '')) return lines[at] ?? '';
      }
    },
    async kill(): Promise<void> {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

/** A closed database of our schema, with one conversation and so many MB of events. */
async function oldDatabase({ megabytes = 0, path = newPath() } = {}): Promise<string> {
  const database = open(path);
  await new SqliteStore(database).commit([
    changeTo('old', { appended: [{ n: 1 }], events: [eventOf('old')] }),
  ]);
  await database.write([
    {
      sql: `insert into event (event_id, type, occurred_at, class, aggregate_type, aggregate_id, payload)
        with recursive n(i) as (select 1 union all select i + 1 from n where i < ?)
        select i, 'Filler', '2026', 'audit', '', '', hex(randomblob(1000)) from n`,
      values: [megabytes * 500 + 1],
    },
  ]);
  await database.close();
  return path;
}

const backupOf = (path: string) => `${path}.before-migration`;
const filesBeside = (path: string) => readdirSync(dirname(path)).sort();

/** The first value of the first row, and that the whole file is sound. */
function valueIn(path: string, sql: string): unknown {
  const database = new DatabaseSync(path, { readOnly: true });
  assert.equal(Object.values(database.prepare('pragma integrity_check').get() ?? {}), ['ok'], path);
  const row = database.prepare(sql).get() ?? {};
  database.close();
  return Object.values(row)[0];
}

const versionOf = (path: string) => valueIn(path, 'pragma user_version');

async function refused(work: Promise<unknown>, sentence: RegExp): Promise<void> {
  const { code, message } = await refusalOf(work);
  assert.is(code, 'store.unavailable');
  assert.match(message, sentence);
}

test('a backup of the user’s own is made before tables are changed, and health tells of it', async () => {
  const path = await oldDatabase();
  writeFileSync(`${backupOf(path)}-wal`, 'of whoever looked into an older one');
  const database = open(path, { migrations: changed });
  const mask = process.umask(0);
  await new SqliteStore(database).commit([changeTo('new')]);
  process.umask(mask);
  assert.equal(filesBeside(path), ['tfo.db', 'tfo.db-shm', 'tfo.db-wal', 'tfo.db.before-migration']);
  const { mode, mtime, size } = statSync(backupOf(path));
  if (process.platform !== 'win32') assert.is(mode & 0o777, 0o600);
  const times = {
    madeAt: mtime.toISOString(),
    keptUntil: new Date(mtime.getTime() + 7 * DAY_MS).toISOString(),
  };
  assert.equal(database.health(), { state: 'up', backup: times });
  assert.equal([versionOf(path), versionOf(backupOf(path))], [2, 1]);
  assert.equal((await schemaStatus(path, changed)).backup, { file: backupOf(path), bytes: size, ...times });
  const to = newPath();
  await restore({ from: backupOf(path), to });
  assert.equal(await new SqliteStore(open(to)).appended('conversation', 'old', 10), [{ n: 1 }]);
});

if (process.platform !== 'win32')
  test('the backup of a database that a link names is beside the target', async () => {
    const path = await oldDatabase();
    const link = newPath();
    mkdirSync(dirname(link));
    symlinkSync(path, link);
    await open(link, { migrations: changed }).read(() => 1);
    assert.equal((await schemaStatus(link, changed)).backup?.file, backupOf(path));
    assert.equal(filesBeside(link), ['tfo.db']);
  });

test('what only adds is made without a backup, and so is a new database', async () => {
  const path = await oldDatabase();
  await open(path, { migrations: added }).read(() => 1);
  assert.is(versionOf(path), 2);
  const fresh = newPath();
  await open(fresh, { migrations: changed }).read(() => 1);
  assert.is(versionOf(fresh), 2);
  for (const one of [path, fresh]) assert.not(existsSync(backupOf(one)));
});

test('the last backup is kept, for seven days', async () => {
  const path = await oldDatabase();
  const again: readonly Migration[] = [
    ...changed,
    { name: 'less', sql: 'drop index event_by_type', changesTables: true },
  ];
  for (const migrations of [changed, again]) {
    const database = open(path, { migrations });
    await database.read(() => 1);
    await database.close();
  }
  assert.is(versionOf(backupOf(path)), 2);
  const leftover = `${backupOf(path)}.part`;
  writeFileSync(leftover, 'of a killed process');
  const age = (days: number) => {
    const then = new Date(Date.now() - days * DAY_MS);
    for (const file of [backupOf(path), leftover]) if (existsSync(file)) utimesSync(file, then, then);
  };
  for (const [days, isKept] of [
    [6.9, true],
    [7.1, false],
  ] as const) {
    age(days);
    const database = open(path, { migrations: again });
    await database.read(() => 1);
    await database.close();
    assert.equal(
      [backupOf(path), leftover].map((file) => existsSync(file)),
      [isKept, isKept],
    );
  }
  writeFileSync(backupOf(path), '');
  age(7 - 500 / DAY_MS);
  await open(path, { migrations: again }).read(() => 1);
  assert.ok(existsSync(backupOf(path)));
  await until(() => !existsSync(backupOf(path)));
});

test('processes that begin at once change the tables once, after one backup', async () => {
  const path = await oldDatabase({ megabytes: 5 });
  const all = Array.from({ length: PROCESSES }, (_, n) => storing(path, 'changed', `${n}`, PATIENT_MS));
  await Promise.all(all.map(({ next }) => next(/^stored/)));
  await Promise.all(all.map(({ kill }) => kill()));
  assert.equal(
    all.flatMap(({ lines }) => lines.filter((line) => !line.startsWith('stored'))),
    [],
  );
  assert.equal([versionOf(path), versionOf(backupOf(path))], [2, 1]);
  assert.is(valueIn(backupOf(path), 'select count(*) from head'), 1);
});

test('a program that still runs when a later one adds to the schema stops writing, and says why', async () => {
  const path = newPath();
  const old = storing(path, 'ours', 'old');
  await old.next(/^stored/);
  const later = storing(path, 'added', 'later');
  await later.next(/^stored/);
  await old.next(/^refused/);
  for (let turn = 0; turn < 3; turn++) {
    assert.is(
      await old.next(/^refused/),
      'refused The database is of a later version of tfo-mcp (schema 2, this one knows 1): update this program, then start it again',
    );
  }
  const count = valueIn(path, "select count(*) from head where id like 'old%'");
  assert.is(count, old.stored().length);
});

test('tables are changed when no other process has the database open, after a backup of all that was stored', async () => {
  const path = newPath();
  const old = storing(path, 'ours', 'old');
  await old.next(/^stored/);
  const later = storing(path, 'changed', 'later', 100);
  for (let turn = 0; turn < 2; turn++) assert.match(await later.next(/^refused/), OTHERS_HAVE_IT);
  await old.next(/^stored/);
  assert.equal([versionOf(path), filesBeside(path).includes('tfo.db.before-migration')], [1, false]);
  await old.kill();
  await later.next(/^stored/);
  await later.kill();
  assert.equal([versionOf(path), versionOf(backupOf(path))], [2, 1]);
  const ids = new DatabaseSync(backupOf(path))
    .prepare('select id from head')
    .all()
    .map(({ id }) => id);
  for (const id of old.stored()) assert.ok(ids.includes(id), id);
});

for (const [when, isThen] of [
  ['the backup', (path: string) => sizeOf(`${backupOf(path)}.part`) > 1_000_000],
  ['the change', (path: string) => existsSync(backupOf(path)) && sizeOf(`${path}-wal`) > 1_000_000],
] as const)
  test(`kill -9 in the middle of ${when} leaves no half state, and the next begins anew`, async () => {
    const path = await oldDatabase({ megabytes: 30 });
    const count = valueIn(path, 'select count(*) from event');
    const killed = storing(path, 'changed', 'killed');
    while (!isThen(path)) await wait(0);
    await killed.kill();
    assert.equal(killed.lines, []);
    assert.is(existsSync(`${backupOf(path)}.part`), when === 'the backup');
    assert.is((await schemaStatus(path, changed)).current, 1);
    const next = storing(path, 'changed', 'next');
    await next.next(/^stored next-0/);
    await next.kill();
    assert.equal(
      next.lines.filter((line) => !line.startsWith('stored')),
      [],
    );
    assert.equal([versionOf(path), versionOf(backupOf(path))], [2, 1]);
    assert.is(valueIn(backupOf(path), 'select count(*) from event'), count);
    assert.is(valueIn(path, "select count(*) from event where event_id not like 'next%'"), count);
    assert.equal(
      filesBeside(path).filter((name) => name.includes('.part')),
      [],
    );
  });

const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

test('no table is changed where no backup can be made', async () => {
  const path = await oldDatabase();
  mkdirSync(join(backupOf(path), 'theirs'), { recursive: true });
  const database = open(path, { migrations: changed });
  await refused(
    database.read(() => 1),
    /^Can't write the backup that is made before the tables of the database are changed \(E[A-Z]+\): "tfo\.db\.before-migration" beside the database has to be a file$/,
  );
  assert.equal([versionOf(path), database.health().state], [1, 'down']);
});

test('a damaged database is not changed, nor does its copy take the place of a sound one', async () => {
  const path = await oldDatabase({ megabytes: 1 });
  writeFileSync(backupOf(path), 'the last sound one');
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.fill(0, 20 * 4096, 30 * 4096));
  await refused(
    open(path, { migrations: changed }).read(() => 1),
    /^The database is damaged: restore a backup/,
  );
  assert.is(readFileSync(backupOf(path), 'utf8'), 'the last sound one');
  assert.is((await schemaStatus(path, changed)).current, 1);
});

test('a backup of an older schema is brought up to date before others meet it', async () => {
  const from = await oldDatabase();
  const path = newPath();
  const other = storing(path, 'changed', 'other');
  await other.next(/^stored/);
  const broken = [...changed.slice(0, 1), { name: 'broken', sql: 'oops', changesTables: true }];
  assert.is((await refusalOf(restore({ from, to: path }, broken))).code, 'store.unavailable');
  await other.next(/^stored/);
  await restore({ from, to: path }, changed);
  await other.next(/^stored/);
  assert.is(versionOf(path), 2);
  assert.equal(
    other.lines.filter((line) => /older/.test(line)),
    [],
  );
  assert.is(valueIn(path, "select count(*) from head where id = 'old'"), 1);
});

const UNSHARE = 'mount -t tmpfs -o size=2m none "$1" && exec "$2" --no-warnings "$3" "$1"';
const SMALL_DISK = 'a full disk refuses the change, says why, and leaves no draft; with room it is made';
const smallDisk = newPath();
mkdirSync(smallDisk, { recursive: true });
if (spawnSync('unshare', ['-rm', 'true']).status === 0)
  test(SMALL_DISK, () => {
    const onSmallDisk = join(import.meta.dirname, 'migrate-on-small-disk.ts');
    const { stdout, stderr } = spawnSync(
      'unshare',
      ['-rm', 'sh', '-c', UNSHARE, 'sh', smallDisk, process.execPath, onSmallDisk],
      { encoding: 'utf8' },
    );
    assert.equal(JSON.parse(stdout || `"${stderr}"`), {
      noBackup: {
        message:
          'There is no space left for the backup that is made before the tables of the database are changed: free some on its disk',
        state: 'down',
        files: ['tfo.db'],
      },
      noChange: {
        message: 'There is no space left for the database: free some on its disk',
        state: 'down',
        files: ['tfo.db', 'tfo.db.before-migration'],
      },
      areAllKept: true,
      state: 'up',
    });
  });
else skip(test, 'user namespaces', SMALL_DISK);

test.run();
