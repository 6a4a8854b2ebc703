import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { canonicalJson } from '../../../../src/domain/shared/canonical-json.ts';
import type { JsonValue } from '../../../../src/domain/shared/json.ts';

const test = suite('canonical-json');

for (const [value, text] of [
  // RFC 8785, sections 3.2.2 and 3.2.3: the same values, sorted by UTF-16 code units.
  [
    { numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 1e-27, -0], literals: [null, true, false] },
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27,0]}',
  ],
  [
    {
      '€': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '😀': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      ö: 'Latin Small Letter O With Diaeresis',
    },
    '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
  ],
  [{ a: undefined, b: [] }, '{"b":[]}'],
  ['a "text"', '"a \\"text\\""'],
] as const)
  test(`the canonical form is ${text.slice(0, 40)}`, () => {
    assert.is(canonicalJson(value), text);
  });

const reversed = (value: JsonValue): JsonValue => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member = null]) => [name, reversed(member)]),
  );
};

test('the order of members does not matter, and nothing is lost', () => {
  void fc.assert(
    fc.property(fc.jsonValue(), (given) => {
      const value = JSON.parse(JSON.stringify(given));
      assert.is(canonicalJson(reversed(value)), canonicalJson(value));
      assert.equal(JSON.parse(canonicalJson(value)), value);
    }),
  );
});

test.run();
