import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { mask, unmask } from '../../../../../../src/presentation/transport/http/older/web-socket-mask.ts';

const test = suite('WebSocket mask');

const key = Uint8Array.of(1, 2, 0x80, 0xff);
const bytes = Uint8Array.from({ length: 80 }, (_, at) => (at * 37) & 0xff);

/** Byte by byte, as RFC 6455 says it. */
const masked = (plain: Uint8Array) => plain.map((byte, at) => byte ^ (key[at % 4] as number));

test('bytes are masked and unmasked wherever in memory they begin and end', () => {
  for (let start = 0; start < 9; start++)
    for (let length = 0; length < 40; length++) {
      const plain = bytes.slice(start, start + length);
      const inPlace = bytes.slice();
      unmask(inPlace.subarray(start, start + length), key);
      const expected = bytes.slice();
      expected.set(masked(plain), start);
      assert.equal(inPlace, expected, `${length} bytes from ${start} on`);

      const output = new Uint8Array(80);
      mask(bytes.subarray(start), key, output, start, length);
      const written = new Uint8Array(80);
      written.set(masked(plain), start);
      assert.equal(output, written, `${length} bytes to ${start}`);
    }
});

test.run();
