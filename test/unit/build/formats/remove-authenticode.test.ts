import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { removeAuthenticode } from '../../../../build/formats/remove-authenticode.ts';

const HEADERS = 0x80;
const CHECKSUM = HEADERS + 24 + 64;
const SIGNATURE = HEADERS + 24 + 112 + 8 * 4;

/** The headers alone, a checksum, and what may be a signature behind them. */
function peFile(signature: { offset: number; size: number }): Buffer {
  const file = Buffer.alloc(0x300, 0xaa);
  file.writeUInt32LE(HEADERS, 0x3c);
  file.writeUInt32LE(0x1234, CHECKSUM);
  file.writeUInt32LE(signature.offset, SIGNATURE);
  file.writeUInt32LE(signature.size, SIGNATURE + 4);
  return file;
}

const test = suite('Authenticode');

test('the signature is taken with its checksum, and nothing else', () => {
  const signed = peFile({ offset: 0x200, size: 0x100 });
  const unsigned = removeAuthenticode(signed);
  const expected = peFile({ offset: 0, size: 0 }).subarray(0, 0x200);
  expected.writeUInt32LE(0, CHECKSUM);
  assert.equal(unsigned, expected);
  assert.equal(signed, peFile({ offset: 0x200, size: 0x100 }), 'the file given is left as it was');
});

test('need not be there', () => {
  const unsigned = removeAuthenticode(peFile({ offset: 0, size: 0 }));
  assert.equal([unsigned.length, unsigned.readUInt32LE(CHECKSUM)], [0x300, 0]);
  assert.equal(removeAuthenticode(unsigned), unsigned);
});

test('the signature is not taken out of the middle', () => {
  const odd = peFile({ offset: 0x100, size: 0x100 });
  assert.throws(() => removeAuthenticode(odd), /Expected the signature to end the file at 768, got 512/);
});

test.run();
