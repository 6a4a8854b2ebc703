import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { integrityOf, parseBaseLock, sha256Of, verify } from '../../../build/base-lock.ts';
import { root } from '../../../build/paths.ts';
import { nodeVersion, targetNames, targets } from '../../../build/targets.ts';

const text = readFileSync(join(root, 'build/bases.lock.json'), 'utf8');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const test = suite('base lock');

test('the lock locks every target at the one Node.js version that package.json installs', () => {
  const lock = parseBaseLock(text);
  for (const target of targetNames) {
    assert.is(lock[target].version, nodeVersion);
    assert.is(lock[target].package, targets[target].package);
    assert.is(manifest.optionalDependencies[targets[target].package], nodeVersion);
  }
  assert.is(process.version, `v${nodeVersion}`);
});

test('the lock refuses a lock without a target', () => {
  const { 'win-x64': _, ...others } = JSON.parse(text);
  assert.throws(() => parseBaseLock(JSON.stringify(others)), /"win-x64.package" to match .*, got undefined/);
});

test('the lock refuses a hash that is not one', () => {
  const lock = JSON.parse(text);
  lock['linux-x64'].sha256 = 'abc';
  assert.throws(() => parseBaseLock(JSON.stringify(lock)), /"linux-x64.sha256" to match .*, got "abc"/);
});

test('the lock hashes as npm and sha256sum write it', () => {
  assert.is(
    integrityOf(Buffer.from('abc')),
    'sha512-3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw==',
  );
  assert.is(sha256Of('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

test('the lock refuses content that is not what was locked', () => {
  verify('the file', sha256Of('abc'), sha256Of('abc'));
  assert.throws(
    () => verify('the file', sha256Of('abd'), sha256Of('abc')),
    /Expected the file to be ba7816bf/,
  );
});

test.run();
