import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import { outputCheck } from '../../../../../src/application/tools/define/output-check.ts';

const test = suite('output-check');

const schema = v.strictObject({
  path: v.string(),
  entries: v.array(
    v.strictObject({
      path: v.pipe(v.string(), v.description('Relative')),
      type: v.picklist(['file', 'other']),
      size: v.optional(v.pipe(v.number(), v.description('Bytes'))),
    }),
  ),
  done: v.boolean(),
  code: v.nullable(v.number()),
  load: v.pipe(v.array(v.number()), v.length(3)),
  skipped: v.record(v.string(), v.number()),
  inner: v.optional(v.strictObject({ n: v.number() })),
});
const check = outputCheck(schema);

const good = {
  path: 'p',
  entries: [
    { path: 'a', type: 'file' },
    { path: 'b', type: 'other', size: 1 },
  ],
  done: true,
  code: null,
  load: [1, 2, 3],
  skipped: { a: 1 },
};

test('the check takes what keeps to the schema', () => {
  assert.ok(check(good));
  assert.ok(
    check({ ...good, code: 1, inner: { n: 1 }, entries: [{ path: '', type: 'file', size: undefined }] }),
  );
});

for (const [what, bad] of [
  ['nothing', undefined],
  ['null', null],
  ['an array', []],
  ['a member too few', { ...good, path: undefined }],
  ['a member too many', { ...good, more: 1 }],
  ['a wrong type', { ...good, done: 'true' }],
  ['no array', { ...good, entries: {} }],
  ['NaN', { ...good, code: Number.NaN }],
  ['a broken pipe', { ...good, load: [1, 2] }],
  ['a broken record', { ...good, skipped: { a: 'x' } }],
  ['a value that is not picked', { ...good, entries: [{ path: 'a', type: 'x' }] }],
  ['an item with too much', { ...good, entries: [{ path: 'a', type: 'file', more: 1 }] }],
  ['an item with too little', { ...good, entries: [{ type: 'file' }] }],
  ['a wrong optional member', { ...good, entries: [{ path: 'a', type: 'file', size: '1' }] }],
  ['a wrong inner object', { ...good, inner: { n: Number.NaN } }],
] as const) {
  test(`the check refuses ${what}, as valibot does`, () => {
    assert.not(v.is(schema, bad));
    assert.not(check(bad));
  });
}

test('the check answers as valibot does', async () => {
  const odd = fc.constantFrom(undefined, null, 0, Number.NaN, 'file', '', true, [], {}, [1, 2, 3]);
  const item = fc.record(
    { path: fc.oneof(fc.string(), odd), type: fc.constantFrom('file', 'x'), size: odd, more: odd },
    { requiredKeys: [] },
  );
  const value = fc.record(
    Object.fromEntries([
      ...Object.entries(good).map(([name, member]) => [
        name,
        fc.oneof({ weight: 9, arbitrary: fc.constant(member) }, odd),
      ]),
      ['entries', fc.oneof(fc.array(item), odd)],
      ['inner', odd],
      ['more', fc.constant(undefined)],
    ]),
    { requiredKeys: [] },
  );
  await fc.assert(fc.property(value, (any) => assert.is(check(any), v.is(schema, any))));
});

test.run();
