import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { FileKeyRing } from '../../../src/infrastructure/auth/file-key-ring.ts';
import { FileKeyUses } from '../../../src/infrastructure/auth/file-key-uses.ts';
import { until } from '../../support/until.ts';
import { RecordingLogger } from '../../unit/application/recording-logger.ts';

const test = suite('uses of API keys');

const folder = mkdtempSync(join(tmpdir(), 'tfo-mcp-uses-'));
test.after(() => rmSync(folder, { recursive: true }));

const A = 'a'.repeat(16);
const B = 'b'.repeat(16);
const GONE = 'c'.repeat(16);

let files = 0;

/** A server's view of a key file, on a day that the test sets. */
function server(keysPath = join(folder, `keys-${files++}.json`), intervalMs = 60_000) {
  const logger = new RecordingLogger();
  const clock = { day: '2026-03-01' };
  const uses = new FileKeyUses({
    keysPath,
    isKnown: (id) => id !== GONE,
    logger,
    intervalMs,
    now: () => Date.parse(`${clock.day}T12:00:00Z`),
  });
  const inFile = () => JSON.parse(readFileSync(`${keysPath}.used`, 'utf8')).used;
  return { keysPath, path: `${keysPath}.used`, logger, clock, uses, inFile };
}

const listed = async (keysPath: string) => {
  const days = await new FileKeyRing(keysPath).lastUses();
  return days && Object.fromEntries(days);
};

test('a server writes the day of the last use, for its user alone, and leaves nothing else', async () => {
  const { keysPath, path, clock, uses } = server();
  await uses.open();
  assert.equal(await listed(keysPath), {});
  uses.note(A);
  clock.day = '2026-03-02';
  uses.note(A);
  uses.note(B);
  await uses.close();
  assert.equal(await listed(keysPath), { [A]: '2026-03-02', [B]: '2026-03-02' });
  if (process.platform !== 'win32') assert.is(statSync(path).mode & 0o777, 0o600);
  assert.not.ok(existsSync(`${path}.lock`));
});

test('a server writes the first use soon, and then nothing for a while, however many keys are used', async () => {
  const { uses, inFile } = server();
  await uses.open();
  for (let count = 0; count < 1000; count += 1) uses.note(A);
  await until(async () => inFile()[A] === '2026-03-01');
  for (let count = 0; count < 1000; count += 1) uses.note(B);
  await setTimeout(20);
  assert.equal(inFile(), { [A]: '2026-03-01' });
  await uses.close();
  assert.equal(inFile(), { [A]: '2026-03-01', [B]: '2026-03-01' });
});

test('servers that are stopped together all write what they know', async () => {
  const ids = [A, B, 'd'.repeat(16), 'e'.repeat(16)];
  const first = server();
  const others = ids.slice(1).map(() => server(first.keysPath));
  const all = [first, ...others];
  await Promise.all(all.map(({ uses }) => uses.open()));
  for (const [at, { uses }] of all.entries()) uses.note(ids[at] as string);
  await Promise.all(all.map(({ uses }) => uses.close()));
  assert.equal(Object.keys(first.inFile()).sort(), [...ids].sort());
});

test('a server that found the file locked writes what it noted when its time has come again', async () => {
  const { path, uses, inFile } = server(undefined, 20);
  await uses.open();
  writeFileSync(`${path}.lock`, '');
  uses.note(A);
  await setTimeout(50);
  assert.equal(inFile(), {});
  rmSync(`${path}.lock`);
  await until(async () => inFile()[A] === '2026-03-01');
  await uses.close();
});

test('servers that share a key file keep the latest day of each key', async () => {
  const one = server();
  const other = server(one.keysPath);
  await Promise.all([one.uses.open(), other.uses.open()]);
  one.uses.note(A);
  other.clock.day = '2026-03-05';
  other.uses.note(A);
  one.uses.note(B);
  await other.uses.close();
  await one.uses.close();
  assert.equal(one.inFile(), { [A]: '2026-03-05', [B]: '2026-03-01' });
});

for (const [what, text] of [
  ['no JSON', '{"used": {'],
  ['another shape', '[]'],
  ['a day that is none', `{"used":{"${A}":"soon"}}`],
  ['an id that no key has', '{"used":{"root":"2026-01-01"}}'],
] as const) {
  test(`a file with ${what} is ignored, and written anew`, async () => {
    const { keysPath, path, uses, inFile, logger } = server();
    writeFileSync(path, text);
    assert.is(await listed(keysPath), undefined);
    await uses.open();
    uses.note(A);
    await uses.close();
    assert.equal([inFile(), logger.records], [{ [A]: '2026-03-01' }, []]);
  });
}

test('a server forgets the uses of keys that are gone', async () => {
  const { path, uses, inFile } = server();
  writeFileSync(path, JSON.stringify({ used: { [GONE]: '2026-01-01', [B]: '2026-01-01' } }));
  await uses.open();
  await uses.close();
  assert.equal(inFile(), { [B]: '2026-01-01' });
});

test('a server that can’t read what it wrote before writes nothing over it, and says so', async () => {
  const { path, uses, logger } = server();
  mkdirSync(path);
  await uses.open();
  uses.note(A);
  await uses.close();
  assert.ok(statSync(path).isDirectory());
  assert.equal(
    logger.records.map(({ level, fields }) => [level, fields['error']]),
    [['warn', 'it is no regular file']],
  );
});

test('a server waits for who writes, and takes the place of one that was killed', async () => {
  const { path, uses, inFile } = server();
  writeFileSync(`${path}.lock`, '');
  await uses.open();
  assert.not.ok(existsSync(path));
  const longAgo = new Date(Date.now() - 3_600_000);
  utimesSync(`${path}.lock`, longAgo, longAgo);
  uses.note(A);
  await uses.close();
  assert.equal(inFile(), { [A]: '2026-03-01' });
});

test('a server that can’t write says so once, and goes on; who lists keys then knows no use', async () => {
  const { uses, keysPath, logger } = server(join(folder, 'nowhere', 'keys.json'));
  await uses.open();
  uses.note(A);
  await uses.close();
  assert.equal(
    logger.records.map(({ level }) => level),
    ['warn'],
  );
  assert.is(await listed(keysPath), undefined);
});

test.run();
