import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { shorten, utf8Length } from '../../../../src/domain/text/utf8.ts';

const test = suite('UTF-8');

test('utf8Length counts as an encoder does, lone surrogates as U+FFFD', async () => {
  const anyUnits = fc
    .array(fc.integer({ min: 0, max: 0xffff }))
    .map((units) => String.fromCharCode(...units));
  const surrogates = fc
    .array(fc.constantFrom('\ud83d', '\ude00', 'x', 'é', '€'))
    .map((parts) => parts.join(''));
  const texts = fc.oneof(anyUnits, surrogates, fc.string({ unit: 'grapheme' }));
  await fc.assert(fc.property(texts, (text) => assert.is(utf8Length(text), Buffer.byteLength(text))));
});

for (const [text, bytes] of [
  ['', 0],
  ['\u007f', 1],
  ['\u0080', 2],
  ['\u07ff', 2],
  ['\u0800', 3],
  ['\uffff', 3],
  ['\u{10000}', 4],
  ['\u{10ffff}', 4],
  ['\ud83d', 3],
  ['\ud83dx', 4],
  ['\ude00\ud83d', 6],
  ['\ud83d\ud83d\ude00', 7],
] as const) {
  test(`${JSON.stringify(text)} takes ${bytes} bytes`, () => {
    assert.is(utf8Length(text), bytes);
  });
}

test('a long text is shown by its beginning, marked, and never by half a character', () => {
  assert.equal([shorten('abc', 3), shorten('abcd', 3), shorten('', 3)], ['abc', 'abc…', '']);
  assert.is(shorten('ab😀cd', 3), 'ab😀…');
});

test.run();
