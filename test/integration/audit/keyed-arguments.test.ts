import { createHmac } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readOrMakeKey } from '../../../src/infrastructure/audit/argument-key.ts';
import { KeyedArguments } from '../../../src/infrastructure/audit/keyed-arguments.ts';
import { RecordingLogger } from '../../unit/application/recording-logger.ts';

const test = suite('keyed arguments');

const folder = mkdtempSync(join(tmpdir(), 'tfo-mcp-arguments-'));
test.after(() => rmSync(folder, { recursive: true }));

let files = 0;
const newPath = () => join(folder, `${files++}`, 'tfo-mcp.db.key');

async function open(keyFile: string) {
  const logger = new RecordingLogger();
  const recorder = new KeyedArguments({ keyFile, logger });
  await recorder.open();
  return { recorder, logger };
}

test('the hash is HMAC-SHA-256 of the canonical JSON, by the key in the file', async () => {
  const path = newPath();
  const { recorder } = await open(path);
  const key = Buffer.from(readFileSync(path, 'latin1').trim(), 'hex');
  assert.is(key.length, 32);
  const hash = createHmac('sha256', key).update('{"a":[1,"€"],"b":{"c":null,"d":""}}').digest('hex');
  for (const given of [
    { b: { d: '', c: null }, a: [1, '€'] },
    { a: [1, '€'], b: { c: null, d: '' } },
  ])
    assert.equal(recorder.record(given), { argumentsHash: hash });
  assert.is.not(recorder.record({ a: [1, '€'] }).argumentsHash, hash);
});

test('equal arguments have the same hash in every process, and others by another key', async () => {
  const [path, other] = [newPath(), newPath()];
  const hashOf = async (keyFile: string) =>
    (await open(keyFile)).recorder.record({ path: '/a' }).argumentsHash;
  const hashes = [await hashOf(path), await hashOf(path), await hashOf(other)];
  assert.is(hashes[0], hashes[1]);
  assert.is.not(hashes[0], hashes[2]);
});

test('long arguments are hashed by their beginnings and lengths, and told so', async () => {
  const { recorder } = await open(newPath());
  const hash = (path: string, content: string) => recorder.record({ path, content });
  const long = 'x'.repeat(300_000);
  assert.is(hash('/a', long).argumentsCut, true);
  assert.equal(hash('/a', long), recorder.record({ content: long, path: '/a' }));
  for (const [path, content] of [
    ['/b', long],
    ['/a', `${long}x`],
    ['/a', `y${long.slice(1)}`],
  ] as const)
    assert.is.not(hash(path, content).argumentsHash, hash('/a', long).argumentsHash);
});

test('the key is for the user alone, and the only file that is left', async () => {
  const path = newPath();
  await open(path);
  assert.equal(readdirSync(dirname(path)), ['tfo-mcp.db.key']);
  if (process.platform === 'win32') return;
  assert.is(statSync(path).mode & 0o777, 0o600);
  assert.is(statSync(dirname(path)).mode & 0o777, 0o700);
});

test('of many that begin at once all get the same key', async () => {
  for (let round = 0; round < 10; round += 1) {
    const path = newPath();
    const keys = await Promise.all(Array.from({ length: 10 }, () => readOrMakeKey(path)));
    assert.is(new Set(keys.map((key) => key.toString('hex'))).size, 1);
  }
});

test('without a key nothing is recorded, which is told once, until there is one', async () => {
  const path = newPath();
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, 'no key');
  const { recorder, logger } = await open(path);
  await recorder.open();
  assert.equal(recorder.record({ path: '/a' }), {});
  assert.is(logger.records.length, 1);
  assert.match(String(logger.records[0]?.fields['error']), /to hold 32 bytes in hexadecimal: remove it/);
  rmSync(path);
  await recorder.open();
  assert.match(recorder.record({ path: '/a' }).argumentsHash ?? '', /^[0-9a-f]{64}$/);
});

test.run();
