import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { base64Of, base64urlOf, textOfBase64url } from '../../../../src/domain/text/base64.ts';

const test = suite('base64');

for (const length of [0, 1, 2, 3, 0x7fff, 0x8000, 0x8001, 0x10000]) {
  test(`the encoder encodes ${length} bytes`, () => {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 7) % 256);
    assert.is(base64Of(bytes), Buffer.from(bytes).toString('base64'));
  });
}

test('the encoder encodes any bytes', async () => {
  await fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      assert.is(base64Of(bytes), Buffer.from(bytes).toString('base64'));
    }),
  );
});

test('a text in base64url comes back', async () => {
  await fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      assert.is(base64urlOf(text), Buffer.from(text).toString('base64url'));
      assert.is(textOfBase64url(base64urlOf(text)), text);
    }),
  );
});

for (const [what, encoded] of [
  ['padding', 'YQ=='],
  ['the other alphabet', 'Pz8_Pj4+'],
  ['white space', ' YQ\n'],
  ['bits behind the end', 'YR'],
  ['no UTF-8', '__8'],
  ['no base64', 'a!'],
] as const) {
  test(`${what} is no base64url of a text`, () => {
    assert.is(textOfBase64url(encoded), undefined);
  });
}

test.run();
