import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import { jsonSchemaOf } from '../../../../../src/application/tools/define/json-schema.ts';

const test = suite('json-schema');

test('the schema is a plain, closed, described object without a dialect', () => {
  const schema = v.strictObject({
    name: v.pipe(v.string(), v.description('Whom')),
    mode: v.optional(v.picklist(['fast', 'slow']), 'fast'),
    list: v.optional(v.array(v.pipe(v.number(), v.integer(), v.minValue(0)))),
  });
  assert.equal(jsonSchemaOf(schema, 'greet.input'), {
    type: 'object',
    properties: {
      name: { type: 'string', description: 'Whom' },
      mode: { enum: ['fast', 'slow'], type: 'string', default: 'fast' },
      list: { type: 'array', items: { type: 'integer', minimum: 0 } },
    },
    required: ['name'],
    additionalProperties: false,
  });
});

test('the schema leaves out what asks for nothing', () => {
  const schema = v.strictObject({
    env: v.optional(v.objectWithRest({}, v.string())),
    counts: v.record(v.string(), v.number()),
    named: v.record(v.picklist(['a', 'b']), v.strictObject({ x: v.optional(v.number()) })),
  });
  const maps = {
    env: { type: 'object', additionalProperties: { type: 'string' } },
    counts: { type: 'object', additionalProperties: { type: 'number' } },
  };
  const named = { type: 'object', propertyNames: { enum: ['a', 'b'], type: 'string' } };
  const entry = { type: 'object', properties: { x: { type: 'number' } } };
  const required = ['counts', 'named'];
  assert.equal(jsonSchemaOf(schema, 'run.input'), {
    type: 'object',
    properties: {
      ...maps,
      named: { ...named, additionalProperties: { ...entry, additionalProperties: false } },
    },
    required,
    additionalProperties: false,
  });
  assert.equal(jsonSchemaOf(schema, 'run.output'), {
    type: 'object',
    properties: { ...maps, named: { ...named, additionalProperties: entry } },
    required,
  });
  assert.equal(jsonSchemaOf(v.strictObject({}), 'run.input'), {
    type: 'object',
    properties: {},
    additionalProperties: false,
  });
});

test('the schema describes what is given, not what becomes of it', () => {
  const schema = v.strictObject({ n: v.pipe(v.string(), v.transform(Number)) });
  assert.equal(jsonSchemaOf(schema, 'parse.input')['properties'], { n: { type: 'string' } });
});

for (const [what, schema] of [
  ['a choice', v.union([v.strictObject({ a: v.string() }), v.strictObject({ b: v.string() })])],
  ['an intersection', v.intersect([v.strictObject({ a: v.string() }), v.strictObject({ b: v.string() })])],
  ['a list', v.array(v.string())],
  ['a text', v.string()],
] as const) {
  test(`${what} is no object at its root`, () => {
    assert.throws(
      () => jsonSchemaOf(schema, 'choose.output'),
      (error: unknown) =>
        error instanceof TypeError &&
        error.message === 'Expected the schema choose.output to be a plain object at its root',
    );
  });
}

test.run();
