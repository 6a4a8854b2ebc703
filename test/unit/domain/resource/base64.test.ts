import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { base64Of } from '../../../../src/domain/resource/base64.ts';

const test = suite('base64');

for (const length of [0, 1, 2, 3, 0x7fff, 0x8000, 0x8001, 0x10000]) {
  test(`encodes ${length} bytes`, () => {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 7) % 256);
    assert.is(base64Of(bytes), Buffer.from(bytes).toString('base64'));
  });
}

test('encodes any bytes', async () => {
  await fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      assert.is(base64Of(bytes), Buffer.from(bytes).toString('base64'));
    }),
  );
});

test.run();
