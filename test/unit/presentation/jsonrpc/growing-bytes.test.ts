import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { GrowingBytes } from '../../../../src/presentation/jsonrpc/growing-bytes.ts';

const test = suite('growing bytes');

const MIB = 1024 * 1024;

test('pieces of any size are one after the other, up to what may come', () => {
  const bytes = new GrowingBytes(3 * MIB);
  const expected = new Uint8Array(3 * MIB);
  let at = 0;
  for (const [index, size] of [1, MIB - 1, 70_000, 0, MIB + 5, 3 * MIB - 2 * MIB - 70_005].entries()) {
    const piece = new Uint8Array(size).fill(index + 1);
    expected.set(piece, at);
    at += size;
    bytes.add(piece);
  }
  assert.is(at, 3 * MIB);
  assert.ok(Buffer.from(expected).equals(bytes.all()));
  assert.throws(() => bytes.add(new Uint8Array(1)), RangeError);
});

test('bytes that were let go of are gone, and others can come', () => {
  const bytes = new GrowingBytes(100);
  bytes.add(new Uint8Array(60).fill(1));
  const before = bytes.all();
  bytes.letGo();
  assert.is(before.length, 0, 'the memory is given back at once');
  bytes.add(Uint8Array.of(2));
  assert.equal([...bytes.all()], [2]);
});

test.run();
