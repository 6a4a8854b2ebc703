import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';

const folder = join(import.meta.dirname, 'snapshots');

/**
 * Compares a text with the file of that name in `test/support/snapshots`; UPDATE_SNAPSHOTS=1 writes it instead.
 * A snapshot that is missing fails: nobody has read it yet.
 */
export function matchesSnapshot(actual: string, name: string): void {
  const file = join(folder, name);
  if (process.env['UPDATE_SNAPSHOTS'] === '1') writeFileSync(file, actual);
  const hint = 'run the test with UPDATE_SNAPSHOTS=1 and read what changed';
  if (!existsSync(file)) throw new Error(`Expected the snapshot "${name}", found none; ${hint}`);
  assert.fixture(actual, readFileSync(file, 'utf8'), `Expected what the snapshot "${name}" has; ${hint}`);
}
