import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ApiKey } from '../../../src/application/ports/key-store.ts';
import { sha256Of } from '../../../src/infrastructure/auth/api-key-text.ts';
import { FileKeyRing } from '../../../src/infrastructure/auth/file-key-ring.ts';
import { FileKeyStore } from '../../../src/infrastructure/auth/file-key-store.ts';
import { outcomeOf, refusalOf } from '../../support/failure.ts';
import { RecordingLogger } from '../../unit/application/recording-logger.ts';

const test = suite('key files');

const folder = mkdtempSync(join(tmpdir(), 'tfo-mcp-keys-'));
const stores: FileKeyStore[] = [];
test.after.each(() => {
  for (const store of stores.splice(0)) store.close();
});
test.after(() => rmSync(folder, { recursive: true }));

let files = 0;
const newPath = () => join(folder, `${files++}`, 'keys.json');

async function open(path: string) {
  const logger = new RecordingLogger();
  const store = await FileKeyStore.open({ path, logger });
  stores.push(store);
  return { store, logger };
}

/** Resolves when it holds; fails when it doesn't for long. */
async function until(holds: () => boolean): Promise<void> {
  for (let left = 500; !holds(); left -= 1) {
    if (left === 0) throw new Error('Expected it to come true');
    await sleep(20);
  }
}

const failureOf = async (work: Promise<unknown>) => {
  const { code, message } = await refusalOf(work);
  return `${code}: ${message}`;
};

test('the key store keeps of each key only its hash, for the user alone', async () => {
  const path = newPath();
  const { key, stored } = await new FileKeyRing(path, () => 0).create({
    name: 'ci',
    scopes: ['*'],
    lifetime: 60,
  });
  assert.equal(stored, {
    id: stored.id,
    name: 'ci',
    sha256: sha256Of(key),
    scopes: ['*'],
    created: '1970-01-01T00:00:00.000Z',
    expires: '1970-01-01T00:01:00.000Z',
  });
  const text = readFileSync(path, 'utf8');
  assert.equal(JSON.parse(text), { keys: [stored] });
  assert.not.ok(text.includes(key.split('.')[1] as string));
  if (process.platform !== 'win32') {
    assert.is(statSync(path).mode & 0o777, 0o600);
    assert.is(statSync(dirname(path)).mode & 0o777, 0o700);
  }
  assert.not.ok(existsSync(`${path}.lock`));
});

test('the key store has no keys before the first, and lists them as they were made', async () => {
  const ring = new FileKeyRing(newPath());
  assert.equal(await ring.list(), []);
  const made: ApiKey[] = [];
  for (const name of ['a', 'b', 'c']) made.push((await ring.create({ name, scopes: [] })).stored);
  assert.equal(await ring.list(), made);
  await ring.revoke(made[1]?.id as string);
  assert.equal(await ring.list(), [made[0], made[2]]);
});

test('the key store renews a key under its id, for as long as is asked for', async () => {
  const path = newPath();
  const ring = new FileKeyRing(path, () => 0);
  const { key, stored } = await ring.create({ name: 'ci', scopes: ['tools:read'], lifetime: 60 });
  const other = await ring.create({ name: 'other', scopes: ['*'] });
  const renewed = await ring.rotate(stored.id, 120);
  assert.is.not(renewed.key, key);
  const expected = { ...stored, sha256: sha256Of(renewed.key), expires: '1970-01-01T00:02:00.000Z' };
  assert.equal(await ring.list(), [expected, other.stored]);
  const { expires, ...lasting } = (await ring.rotate(stored.id, undefined)).stored;
  assert.equal([expires, (await ring.list())[0]], [undefined, lasting]);
  assert.match(await failureOf(ring.rotate('nope', 60)), /^keys.not-found: There is no API key "nope"/);
});

test('the key store revokes only what there is', async () => {
  const ring = new FileKeyRing(newPath());
  assert.match(await failureOf(ring.revoke('nope')), /^keys.not-found: There is no API key "nope"/);
  assert.ok((await failureOf(ring.revoke('x'.repeat(1000)))).length < 250);
});

test('the key store loses nothing when many change it at once', async () => {
  const path = newPath();
  const made = await Promise.all(
    Array.from({ length: 12 }, (_, n) => new FileKeyRing(path).create({ name: `${n}`, scopes: [] })),
  );
  const ids = new Set((await new FileKeyRing(path).list()).map(({ id }) => id));
  for (const { stored } of made) assert.ok(ids.has(stored.id), stored.name);
});

test('the key store says at once why the file can’t be written, and leaves no lock', async () => {
  const file = join(folder, 'no-folder');
  writeFileSync(file, '');
  for (const [path, why] of [
    [join(file, 'keys.json'), /EEXIST|ENOTDIR/], // there is no such folder, nor can there be
    [join(folder, 'k'.repeat(255)), /ENAMETOOLONG/], // not even a lock can be beside it
  ] as const) {
    const failure = await failureOf(new FileKeyRing(path).create({ scopes: [] }));
    assert.match(failure, /^keys.not-written/);
    assert.match(failure, why);
    assert.not.ok(existsSync(`${path}.lock`));
  }
});

test('the key store says so when another process never lets go of it', async () => {
  const path = newPath();
  const ring = new FileKeyRing(path);
  await ring.create({ scopes: [] });
  writeFileSync(`${path}.lock`, '');
  const takenAgain = setInterval(() => utimesSync(`${path}.lock`, new Date(), new Date()), 100);
  assert.match(
    await failureOf(ring.create({ scopes: [] })),
    /^keys.not-written: .*\.lock" says that another process does/,
  );
  clearInterval(takenAgain);
  assert.ok(existsSync(`${path}.lock`));
  assert.is((await ring.list()).length, 1);
});

test('the key store takes the lock of a process that was killed', async () => {
  const path = newPath();
  const ring = new FileKeyRing(path);
  const { stored } = await ring.create({ scopes: [] });
  writeFileSync(`${path}.lock`, '');
  const before = new Date(Date.now() - 60_000);
  utimesSync(`${path}.lock`, before, before);
  await ring.revoke(stored.id);
  assert.equal([await ring.list(), existsSync(`${path}.lock`)], [[], false]);
});

test('a key that can’t be handed over is not stored, and one that is renewed stays as it was', async () => {
  const path = newPath();
  const ring = new FileKeyRing(path);
  const { stored } = await ring.create({ scopes: [] });
  const lose = async () => {
    throw new Error('lost');
  };
  for (const change of [() => ring.create({ scopes: [] }, lose), () => ring.rotate(stored.id, 60, lose)])
    assert.is((await outcomeOf(change)).message, 'lost');
  assert.equal([await ring.list(), existsSync(`${path}.lock`)], [[stored], false]);
});

test('a change that lost its lock to another process is refused', async () => {
  const path = newPath();
  const ring = new FileKeyRing(path);
  await ring.create({ scopes: [] });
  const change = failureOf(ring.create({ scopes: [] }));
  while (!existsSync(`${path}.lock`)) await new Promise(setImmediate);
  writeFileSync(`${path}.lock`, "another's");
  assert.is(
    await change,
    'keys.not-written: The API keys could not be changed: another process did it meanwhile; try again',
  );
  assert.is((await ring.list()).length, 1);
  assert.is(readFileSync(`${path}.lock`, 'utf8'), "another's");
});

/** A file of one key, which has these properties beside or instead of the usual. */
const fileOf = (given: object) => {
  const usual = {
    id: '0123456789abcdef',
    sha256: 'f'.repeat(64),
    scopes: [],
    created: '2026-01-01T00:00:00Z',
  };
  return JSON.stringify({ keys: [{ ...usual, ...given }] });
};

for (const [what, text] of [
  ['no JSON', '{"keys": [tfk_secret'],
  ['another shape', '[]'],
  ['a property that nobody knows', '{"keys":[],"deny":["x"]}'],
  ['a key with a property that nobody knows', fileOf({ disabled: true })],
  ['an end that is no time', fileOf({ expires: 'soon' })],
  ['an end that could be any time', fileOf({ expires: '2026-01-01T00:00:00+00' })],
  ['an id that no key has', fileOf({ id: 'ADA' })],
  ['a scope that nobody knows', fileOf({ scopes: ['root'] })],
  ['half a hash', fileOf({ sha256: 'ff' })],
] as const) {
  test(`the key store refuses a file with ${what}, and shows nothing of it`, async () => {
    const path = newPath();
    await new FileKeyRing(path).create({ scopes: [] });
    writeFileSync(path, text);
    const readers = [
      () => FileKeyStore.open({ path, logger: new RecordingLogger() }),
      () => new FileKeyRing(path).list(),
    ];
    for (const read of readers) {
      const failure = await failureOf(read());
      assert.match(
        failure,
        /^keys.unreadable: Expected ".*keys.json" \(security.api_keys_file\) to be a file of API keys/,
      );
      assert.not.match(failure, 'tfk_secret');
    }
  });
}

test('the key store refuses an id that is there twice', async () => {
  const path = newPath();
  const { stored } = await new FileKeyRing(path).create({ scopes: [] });
  writeFileSync(path, JSON.stringify({ keys: [stored, { ...stored, scopes: ['*'] }] }));
  assert.match(await failureOf(new FileKeyRing(path).list()), /^keys.unreadable/);
});

test('the key store takes what can’t be read for no keys neither in the server nor for who administers them', async () => {
  const path = newPath();
  mkdirSync(path, { recursive: true });
  for (const read of [
    () => FileKeyStore.open({ path, logger: new RecordingLogger() }),
    () => new FileKeyRing(path).list(),
    () => new FileKeyRing(path).create({ scopes: [] }),
  ])
    assert.match(await failureOf(read()), /^keys.unreadable: .*(?:no regular file|EISDIR)/);
});

test('the key store admits nobody without a file, until there is one', async () => {
  const path = newPath();
  const store = await FileKeyStore.open({ path, logger: new RecordingLogger(), lookMs: 5 });
  try {
    const { stored } = await new FileKeyRing(path).create({ scopes: [] });
    await until(() => store.find(stored.id) !== undefined);
  } finally {
    store.close();
  }
});

test('the key store is not opened with an empty file, or with one that others can write', async () => {
  const logger = new RecordingLogger();
  const path = newPath();
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '');
  assert.match(await failureOf(FileKeyStore.open({ path, logger })), /it is empty$/);
  rmSync(path);
  if (process.platform === 'win32') return;
  await new FileKeyRing(path).create({ scopes: [] });
  for (const mode of [0o620, 0o602]) {
    chmodSync(path, mode);
    assert.match(await failureOf(FileKeyStore.open({ path, logger })), /others than its owner can write it/);
  }
  chmodSync(path, 0o644);
  await open(path);
});

test('the key store finds keys by their ids, and sees one made or revoked while it is open', async () => {
  const path = newPath();
  const ring = new FileKeyRing(path);
  const { stored: first } = await ring.create({ scopes: ['*'] });
  const { store, logger } = await open(path);
  assert.equal(store.find(first.id), first);
  assert.is(store.find('nope'), undefined);
  await sleep(900); // looked at twice, and read no more: nothing has changed
  assert.equal(logger.records, []);
  const { stored: second } = await ring.create({ scopes: ['*'] });
  await until(() => store.find(second.id) !== undefined);
  await ring.revoke(first.id);
  await until(() => store.find(first.id) === undefined);
  assert.equal(store.find(second.id), second);
});

test('the key store sees nothing more once it is closed', async () => {
  const path = newPath();
  const ring = new FileKeyRing(path);
  const { stored } = await ring.create({ scopes: ['*'] });
  const { store } = await open(path);
  store.close();
  const { store: other } = await open(path); // looks later than the first would have
  await ring.revoke(stored.id);
  await until(() => other.find(stored.id) === undefined);
  assert.equal(store.find(stored.id), stored);
});

test('the key store sees a file that was written in place, as long as before', async () => {
  const path = newPath();
  const { stored } = await new FileKeyRing(path).create({ scopes: ['*'] });
  const { store } = await open(path);
  const other = stored.id.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
  writeFileSync(path, readFileSync(path, 'utf8').replace(stored.id, other));
  await until(() => store.find(other) !== undefined);
  assert.is(store.find(stored.id), undefined);
});

/** A store that looks every few milliseconds, and a file of one key for it. */
async function openOften() {
  const path = newPath();
  const { stored } = await new FileKeyRing(path).create({ scopes: ['*'] });
  const logger = new RecordingLogger();
  const store = await FileKeyStore.open({ path, logger, lookMs: 5 });
  stores.push(store);
  const errors = () => logger.records.filter(({ level }) => level === 'error');
  return { path, stored, store, errors, whole: readFileSync(path, 'utf8') };
}

const nobody = /^No API key is valid any more/;

for (const [what, damage] of [
  ['is gone', (path: string) => rmSync(path)],
  ['is gone with its folder', (path: string) => rmSync(dirname(path), { recursive: true })],
  ['is empty', (path: string) => writeFileSync(path, '')],
  ['is half written', (path: string, whole: string) => writeFileSync(path, whole.slice(0, -9))],
  ['is no file any more', (path: string) => replaceByFolder(path)],
  ['is far too long', (path: string) => truncateSync(path, 300_000_000)],
  ['can be written by others', (path: string) => chmodSync(path, 0o666)],
  ['is a pipe that nobody writes to', (path: string) => replaceByPipe(path)],
] as const) {
  if (process.platform === 'win32' && /others|pipe/.test(what)) continue;
  test(`the key store lets nobody in when the file ${what} for long, says so once, and goes on when it is whole`, async () => {
    const { path, stored, store, errors, whole } = await openOften();
    damage(path, whole);
    await until(() => store.find(stored.id) === undefined);
    await sleep(50); // looked at several times more, and told no more
    assert.is(errors().length, 2);
    assert.match(
      errors()[0]?.message ?? '',
      /^The API keys can not be read again: those read before are valid/,
    );
    assert.match(errors()[1]?.message ?? '', nobody);
    assert.not.match(JSON.stringify(errors()), stored.sha256);
    rmSync(path, { recursive: true, force: true });
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, whole, { mode: 0o600 });
    await until(() => store.find(stored.id) !== undefined);
  });
}

function replaceByPipe(path: string): void {
  rmSync(path);
  execFileSync('/usr/bin/mkfifo', ['-m', '600', path]);
}

function replaceByFolder(path: string): void {
  rmSync(path);
  mkdirSync(path);
}

test('the key store takes a file that others could write, unchanged, when they no longer can', async () => {
  if (process.platform === 'win32') return;
  const { path, stored, store } = await openOften();
  chmodSync(path, 0o666);
  await until(() => store.find(stored.id) === undefined);
  chmodSync(path, 0o600);
  await until(() => store.find(stored.id) !== undefined);
});

test('the key store keeps the keys of before while the file is swapped or broken for less than it is given', async () => {
  const path = newPath();
  const { stored } = await new FileKeyRing(path).create({ scopes: ['*'] });
  const whole = readFileSync(path, 'utf8');
  const { store, logger } = await open(path);
  const errors = () => logger.records.filter(({ level }) => level === 'error');
  writeFileSync(path, whole.slice(0, -9));
  await until(() => errors().length === 1);
  rmSync(path);
  await until(() => errors().length === 2); // the first look that does not find it
  assert.equal(store.find(stored.id), stored);
  writeFileSync(path, whole, { mode: 0o600 });
  await sleep(900);
  assert.equal(store.find(stored.id), stored);
  assert.is(errors().length, 2);
});

test.run();
