import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { escapeLineSeparators, quoteText, stringifyObject } from '../../../../src/domain/shared/json.ts';

const test = suite('json-text');

const BLOCK = 16_384;
const plain = 'x'.repeat(BLOCK);

for (const [what, part] of [
  ['plain text', 'x'],
  ['quotes', '"'],
  ['backslashes', '\\'],
  ['control characters', '\u0001\n'],
  ['DEL', '\u007f'],
  ['other letters', 'é漢\u2028'],
  ['pairs', '😀'],
  ['lone halves', '\ud83d'],
  ['halves in the wrong order', '\ude00\ud83d'],
] as const) {
  test(`the writer quotes ${what} as JSON.stringify does, wherever a block ends`, () => {
    for (const before of [0, 1, BLOCK - 2, BLOCK - 1, BLOCK, BLOCK + 1]) {
      const text = plain.repeat(2).slice(0, before) + part + plain;
      assert.is(quoteText(text), JSON.stringify(text));
    }
  });
}

for (const [what, json, escaped] of [
  ['what is none', '{"a":"é漢\ud83d\u2027\u202a\u0084"}', '{"a":"é漢\ud83d\u2027\u202a\u0084"}'],
  ['U+0085', '"\u0085\u0085"', '"\\u0085\\u0085"'],
  ['U+2028', '"\u2028漢\u2028"', '"\\u2028漢\\u2028"'],
  ['U+2029', '"\u2029"', '"\\u2029"'],
  ['one behind a backslash', '"\\\\\u2028"', '"\\\\\\u2028"'],
  ['one in a name', '{"\u2029":1}', '{"\\u2029":1}'],
] as const) {
  test(`the writer escapes line separators: ${what}`, () => {
    assert.is(escapeLineSeparators(json), escaped);
    assert.equal(JSON.parse(escaped), JSON.parse(json));
  });
}

test('the writer writes objects as JSON.stringify does', async () => {
  const member = fc.oneof(fc.jsonValue(), fc.constant(undefined), fc.string({ unit: 'binary' }));
  await fc.assert(
    fc.property(fc.dictionary(fc.string(), member), (value) =>
      assert.is(stringifyObject(value as never), JSON.stringify(value)),
    ),
  );
});

test.run();
