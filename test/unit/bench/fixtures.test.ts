import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { eightMegabytes, textOfSize } from '../../bench/fixtures.ts';

const test = suite('bench fixtures');

test('makes text of exactly the bytes asked for', () => {
  for (const bytes of [0, 1, 96, 97, 100, 1 << 20]) assert.is(Buffer.byteLength(textOfSize(bytes)), bytes);
});

test('makes no file that one line of JSON under 10 MiB cannot hold', () => {
  const line = JSON.stringify(textOfSize(eightMegabytes.bytes));
  assert.ok(Buffer.byteLength(line) < 9.9 * (1 << 20));
});

test.run();
