import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { measureJson } from '../../../../src/domain/shared/measure-json.ts';

const test = suite('measure-json');

const ANY = { values: Number.POSITIVE_INFINITY, members: Number.POSITIVE_INFINITY };

const long = 'x'.repeat(300);

for (const [text, values, members, depth] of [
  ['1', 1, 0, 0],
  ['""', 1, 0, 0],
  ['[]', 1, 0, 1],
  ['{}', 1, 0, 1],
  [' \t\r\n[ \t\r\n] ', 1, 0, 1],
  ['[1]', 2, 1, 1],
  ['[1,2,3]', 4, 3, 1],
  ['[[],{},[ ],{ }]', 5, 4, 2],
  ['[[[1]]]', 4, 1, 3],
  ['{"a":1,"b":[1,2]}', 5, 0, 2],
  ['[{"a":1,"b":2},{"c":3}]', 6, 2, 2],
  ['["[","]","{","}",",",":"]', 7, 6, 1],
  [String.raw`["\"","\\",",\"[",""]`, 5, 4, 1],
  [String.raw`["\\\\\",[[["]`, 2, 1, 1],
  [`["${long}\\"[${long}","${long}[",1]`, 4, 3, 1],
  [`["${long}\\\\",["${long}\\\\\\"["]]`, 4, 2, 2],
  [`["${'\\\\'.repeat(200)}",2]`, 3, 2, 1],
  [`["${'\\"'.repeat(200)}",2]`, 3, 2, 1],
  ['["\u2028\ud800,[",1]', 3, 2, 1],
  ['{"__proto__":{"a":1},"__proto__":2}', 4, 0, 2],
] as const) {
  test(`${JSON.stringify(text).slice(0, 60)}: ${values} values, ${members} members, ${depth} levels`, () => {
    JSON.parse(text);
    assert.equal(measureJson(text, ANY), { values, members, depth });
  });
}

for (const text of ['', ' ', '"', '"\\', '[', '{', '["', `["${long}`, `["${long}\\`, ']', '}}}}', ',', '[1,'])
  test(`${JSON.stringify(text).slice(0, 20)}, which is no JSON, ends the scan`, () => {
    assert.type(measureJson(text, ANY).values, 'number');
  });

test('counting ends one above the limit', () => {
  assert.is(measureJson(`[${'1,'.repeat(100)}1]`, { ...ANY, values: 50 }).values, 51);
  assert.is(measureJson(`[${'1,'.repeat(100)}1]`, { ...ANY, members: 10 }).members, 11);
  assert.is(measureJson('['.repeat(100), { ...ANY, values: 50 }).values, 51);
});

const countValues = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? Object.values(value).reduce((sum: number, member) => sum + countValues(member), 1)
    : 1;

const countLevels = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(countLevels)) : 0;

test('the measure counts what JSON.parse makes of a text', async () => {
  const unit = fc.oneof(fc.constantFrom(...'"\\[]{},: \n'), fc.string({ unit: 'binary', maxLength: 200 }));
  const string = fc.array(unit, { maxLength: 50 }).map((units) => units.join(''));
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom(null, true, 1.5e-7),
      string,
      fc.array(tie('value'), { maxLength: 6 }),
      fc.dictionary(string, tie('value'), { maxKeys: 6 }),
    ),
  })).value;
  await fc.assert(
    fc.property(value, fc.constantFrom(undefined, 1, '\t\r\n '), (any, space) => {
      const text = JSON.stringify(any, null, space);
      assert.equal(measureJson(text, ANY), {
        values: countValues(any),
        members: Array.isArray(any) ? any.length : 0,
        depth: countLevels(any),
      });
    }),
  );
});

test.run();
