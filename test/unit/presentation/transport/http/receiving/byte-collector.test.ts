import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ByteCollector } from '../../../../../../src/presentation/transport/http/receiving/byte-collector.ts';

const test = suite('byte-collector');

const MOST = 16 * 1024 * 1024;

test('what is collected is the bytes that came, however they were cut', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(fc.nat(20), { maxLength: 40 }),
      (text, cuts) => {
        const collector = new ByteCollector(MOST, () => true);
        let rest = Buffer.from(text.toWellFormed().repeat(100));
        const whole = rest.toString('utf8');
        for (const cut of cuts) {
          collector.add(rest.subarray(0, cut));
          rest = rest.subarray(cut);
        }
        collector.add(rest);
        assert.is(collector.takeText().text, whole);
      },
    ),
  );
});

for (const [what, size, pieces, most] of [
  ['one byte each', 1, 1_000_000, 1.5],
  ['of a packet', 1448, 10_000, 1.5],
  ['of a pipe', 65_536, 100, 1.5],
  ['in two', 500_000, 2, 2.01],
] as const) {
  test(`a collector takes little more than pieces ${what} have`, () => {
    let reserved = 0;
    const collector = new ByteCollector(MOST, (bytes) => {
      reserved += bytes;
      return true;
    });
    const piece = Buffer.alloc(size, 'x');
    for (let count = 0; count < pieces; count += 1) collector.add(piece);
    assert.is(collector.size, size * pieces);
    assert.ok(reserved < size * pieces * most + 8192, `${reserved}`);
  });
}

test('bytes that are not UTF-8 are told, whatever they came in; U+FFFD itself is none', () => {
  for (const [bytes, isMalformed] of [
    [[0x61, 0xff], true],
    [[0xe2, 0x82], true],
    [[0xed, 0xa0, 0x80], true],
    [[0xef, 0xbf, 0xbd], false],
    [[0x61], false],
  ] as const)
    for (const before of [0, 100_000, 2_000_000]) {
      const collector = new ByteCollector(MOST, () => true);
      collector.add(Buffer.alloc(before, 'x'));
      for (const byte of bytes) collector.add(Buffer.of(byte));
      assert.is(collector.takeText().isMalformed, isMalformed, `${bytes} behind ${before} bytes`);
    }
});

test('a collector takes what there is no room for no further, and forgets it', () => {
  let room = 10_000;
  const collector = new ByteCollector(MOST, (bytes) => {
    room -= bytes;
    return room >= 0;
  });
  assert.ok(collector.add(Buffer.alloc(1000)));
  assert.ok(collector.add(Buffer.alloc(1000)));
  assert.not.ok(collector.add(Buffer.alloc(20_000)));
  collector.clear();
  assert.is(collector.takeText().text, '');
});

test.run();
