import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import { optionalText } from '../../../../../src/application/tools/arguments.ts';
import { mendArguments } from '../../../../../src/application/tools/define/mend-arguments.ts';
import type { JsonObject } from '../../../../../src/domain/shared/json.ts';

const test = suite('mend-arguments');

const schema = v.strictObject({
  name: v.string(),
  size: v.number(),
  text: v.optional(v.string()),
  id: optionalText('Which'),
  limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 7),
  flag: v.optional(v.boolean(), false),
  mode: v.optional(v.picklist(['one', 'two']), 'one'),
  dry: v.optional(v.boolean(), false),
  argv: v.optional(v.array(v.string())),
  env: v.optional(v.objectWithRest({}, v.string())),
  list: v.optional(v.array(v.strictObject({ id: v.number(), deep: v.optional(v.boolean()) }))),
});

const required = { name: 'x', size: 1 };
const read = (args: JsonObject): unknown => {
  const { output, issues } = v.safeParse(
    schema,
    mendArguments(schema, { ...required, ...args }, ['mode', 'dry']),
  );
  return issues ? 'refused' : output;
};
const defaults = { limit: 7, flag: false, mode: 'one', dry: false, ...required };

// [sent, read as], beside what is required and the defaults
const taken: readonly (readonly [JsonObject, JsonObject])[] = [
  // Left out: null, and "" where that can't be meant
  [{ text: null, id: null, limit: null, flag: null, mode: null, dry: null, argv: null, env: null }, {}],
  [{ id: '', limit: '', flag: '', argv: '', env: '', list: '' }, {}],
  [{ limit: 'null', flag: 'null', argv: 'null', env: 'null' }, {}],
  // Text stays the text it is
  [{ text: '' }, { text: '' }],
  [{ text: 'null' }, { text: 'null' }],
  [{ text: '3' }, { text: '3' }],
  [{ text: '["a"]' }, { text: '["a"]' }],
  [{ id: 'true' }, { id: 'true' }],
  // Numbers, as JSON writes them
  [{ limit: '3' }, { limit: 3 }],
  [{ limit: '3.0' }, { limit: 3 }],
  [{ limit: ' 3 ' }, { limit: 3 }],
  [{ limit: '1e3' }, { limit: 1000 }],
  // Booleans, as JSON and Python write them
  [{ flag: 'true' }, { flag: true }],
  [{ flag: 'false' }, { flag: false }],
  [{ flag: 'True' }, { flag: true }],
  [{ flag: 'False' }, { flag: false }],
  [{ dry: 'true' }, { dry: true }],
  // Arrays and objects, and what is in them
  [{ argv: '["echo", "a b"]' }, { argv: ['echo', 'a b'] }],
  [{ argv: '[]' }, { argv: [] }],
  [{ argv: ['sleep', 5] }, { argv: ['sleep', '5'] }],
  [{ argv: '["sleep", 0.5, true]' }, { argv: ['sleep', '0.5', 'true'] }],
  [{ argv: ['["a"]'] }, { argv: ['["a"]'] }],
  [{ env: [] }, { env: {} }],
  [{ env: '[]' }, { env: {} }],
  [{ env: '{"A":"b"}' }, { env: { A: 'b' } }],
  [{ env: { PORT: 8080, DEBUG: true } }, { env: { PORT: '8080', DEBUG: 'true' } }],
  [{ env: '{"PORT":8080}' }, { env: { PORT: '8080' } }],
  [{ env: { A: '' } }, { env: { A: '' } }],
  [{ list: '[{"id":1}]' }, { list: [{ id: 1 }] }],
  [{ list: ['{"id":"1","deep":"true"}'] }, { list: [{ id: 1, deep: true }] }],
];

for (const [sent, expected] of taken)
  test(`mending takes ${JSON.stringify(sent)}`, () => assert.equal(read(sent), { ...defaults, ...expected }));

const refused: readonly JsonObject[] = [
  { name: null },
  { name: 5 },
  { name: ['x'] },
  { size: '1' },
  { size: null },
  { size: '' },
  // Nothing is guessed that decides what becomes of a file
  { mode: '' },
  { dry: '' },
  { dry: 'null' },
  { dry: 'yes' },
  { dry: 0 },
  { mode: 'onee' },
  { limit: '0x10' },
  { limit: 'NaN' },
  { limit: 'Infinity' },
  { limit: '03' },
  { limit: '+3' },
  { limit: 'three' },
  { limit: '1.5' },
  { limit: '0' },
  { limit: '1e400' },
  { limit: '[3]' },
  { limit: true },
  { limit: ' ' },
  { flag: 'yes' },
  { flag: '1' },
  { flag: 1 },
  { flag: 'TRUE' },
  { argv: 'echo hi' },
  { argv: '"echo"' },
  { argv: '{"0":"echo"}' },
  { argv: ['echo', null] },
  { argv: ['echo', ['a']] },
  { argv: { 0: 'echo' } },
  { env: '[1]' },
  { env: 'A=b' },
  { env: { A: null } },
  { env: { A: ['b'] } },
  // More than JavaScript's numbers hold: what was sent can't be told any more
  { argv: ['echo', 2 ** 60] },
  { text: 5 },
  { id: 5 },
  { text: ['a'] },
  { text: { a: 1 } },
  { other: null },
  { other: '' },
];

for (const sent of refused) test(`refuses ${JSON.stringify(sent)}`, () => assert.is(read(sent), 'refused'));

test('text of more values than arguments have is not read', () => {
  for (const argv of [
    `[${'1,'.repeat(20_000)}1]`,
    `[${'{},'.repeat(20_000)}{}]`,
    `["${'x'.repeat(2 ** 20)}"]`,
  ])
    assert.equal(mendArguments(schema, { argv }), { argv });
});

test('more arguments than any tool has are left as they are', () => {
  const args = Object.fromEntries(Array.from({ length: 1001 }, (_, at) => [`k${at}`, null]));
  assert.is(mendArguments(schema, { ...args, limit: '3' })['limit'], '3');
});

test('a member called "__proto__" is one like any other', () => {
  const mended = mendArguments(schema, JSON.parse('{"env":"{\\"__proto__\\":5}","__proto__":{"a":1}}'));
  assert.equal(JSON.stringify(mended), '{"env":{"__proto__":"5"},"__proto__":{"a":1}}');
  assert.is(({} as JsonObject)['a'], undefined);
});

test.run();
