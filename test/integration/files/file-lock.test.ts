import { once } from 'node:events';
import {
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { dropStaleLock, takeLock } from '../../../src/infrastructure/files/write/file-lock.ts';
import { failureOf } from '../../support/failure.ts';

const test = suite('a lock that is a file');
const folder = mkdtempSync(join(tmpdir(), 'tfo-lock-'));
const path = join(folder, 'file.lock');
const STALE_MS = 60_000;

test.after(() => rmSync(folder, { recursive: true }));
test.after.each(() => assert.equal(readdirSync(folder), []));

function makeOld(file: string): void {
  date(file, -120);
}

function date(file: string, seconds: number): void {
  const then = Date.now() / 1000 + seconds;
  lutimesSync(file, then, then);
}

function makeStale(file: string): void {
  writeFileSync(file, '');
  makeOld(file);
}

test('one process at a time has it', async () => {
  const lock = await takeLock(path);
  assert.ok(lock?.isHeld());
  assert.is(await takeLock(path), undefined);
  await dropStaleLock(path, STALE_MS);
  assert.is(await takeLock(path), undefined);
  await lock?.release();
  const next = await takeLock(path);
  assert.ok(next);
  await next?.release();
});

test('of several that find one of a killed process at the same moment, one gets it', async () => {
  const races = mkdtempSync(join(tmpdir(), 'tfo-lock-'));
  const [rounds, racers] = [500, 2];
  for (let round = 0; round < rounds; round++) makeStale(join(races, `${round}.lock`));
  const ready = new Int32Array(new SharedArrayBuffer(4 * rounds));
  const workerData = { folder: races, rounds, racers, staleMs: STALE_MS, ready };
  const results = await Promise.all(
    Array.from({ length: racers }, async () => {
      const worker = new Worker(join(import.meta.dirname, 'lock-racer.ts'), { workerData });
      const [[got]] = await Promise.all([once(worker, 'message'), once(worker, 'exit')]);
      return got as readonly boolean[];
    }),
  );
  for (let round = 0; round < rounds; round++)
    assert.is(results.filter((got) => got[round]).length, 1, `round ${round}`);
  assert.equal(readdirSync(races), [], 'each lock goes with its process');
  rmSync(races, { recursive: true });
});

for (const [what, leave] of [
  ['of a clock that was ahead', () => writeFileSync(path, '')],
  ...(process.platform === 'win32'
    ? []
    : ([['that is a link to nowhere', () => symlinkSync('nowhere', path)]] as const)),
] as const)
  for (const seconds of [-120, 120])
    test(`one ${what} is stale, ${seconds} seconds from now`, async () => {
      leave();
      await dropStaleLock(path, STALE_MS);
      assert.is(await takeLock(path), undefined, 'one that is made now is another process’s');
      date(path, seconds);
      await dropStaleLock(path, STALE_MS);
      const lock = await takeLock(path);
      assert.ok(lock?.isHeld());
      await lock?.release();
    });

test('a directory in its place is told, and stays', async () => {
  mkdirSync(path);
  makeOld(path);
  assert.is(await takeLock(path), undefined);
  assert.is(
    (await failureOf(dropStaleLock(path, STALE_MS))).message,
    `"${path}" is a directory, where a lock has to be: remove it`,
  );
  rmdirSync(path);
});

test("a holder that was suspended for long knows, and leaves another's lock alone", async () => {
  const suspended = await takeLock(path);
  makeOld(path);
  await dropStaleLock(path, STALE_MS);
  const lock = await takeLock(path);
  assert.not(suspended?.isHeld());
  await suspended?.release();
  assert.ok(lock?.isHeld());
  await lock?.release();
});

test.run();
