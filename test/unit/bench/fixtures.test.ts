import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sevenMegabytes, textOfSize } from '../../bench/fixtures.ts';

const test = suite('bench fixtures');

test('the generator makes text of exactly the bytes asked for', () => {
  for (const bytes of [0, 1, 96, 97, 100, 1 << 20]) assert.is(Buffer.byteLength(textOfSize(bytes)), bytes);
});

test('the generator makes no file that 8 MiB of JSON cannot hold, which is the most that ours answers', () => {
  const line = JSON.stringify(textOfSize(sevenMegabytes.bytes));
  assert.ok(Buffer.byteLength(line) < 8 << 20);
});

test.run();
