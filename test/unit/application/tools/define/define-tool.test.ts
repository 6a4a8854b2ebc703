import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import type { Eventual } from '../../../../../src/application/eventual.ts';
import { defineTool, type ToolSource } from '../../../../../src/application/tools/define/define-tool.ts';
import { echoTool } from '../../../../../src/application/tools/echo.ts';
import { systemInfoTool } from '../../../../../src/application/tools/system-info.ts';
import { DomainError } from '../../../../../src/domain/shared/domain-error.ts';
import type { JsonObject } from '../../../../../src/domain/shared/json.ts';
import {
  errorResult,
  structuredResult,
  type ToolResult,
  textResult,
} from '../../../../../src/domain/tool/tool-result.ts';
import { outcomeOf } from '../../../../support/failure.ts';
import { fakeContext } from '../../fake-context.ts';

const test = suite('define-tool');

type Schema = v.GenericSchema<unknown, unknown>;

const define = <Input extends Schema>(
  source: Pick<ToolSource<Input>, 'input' | 'handle'> & Partial<ToolSource<Input>>,
) =>
  defineTool({
    name: 'tool',
    title: 'Tool',
    description: 'For tests.',
    category: 'utility',
    tags: [],
    annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    ...source,
  });

const greeting = v.strictObject({
  name: v.pipe(v.string(), v.minLength(1), v.description('Whom')),
  times: v.optional(v.pipe(v.number(), v.integer(), v.description('How often')), 1),
});

const greet = define({
  input: greeting,
  handle: ({ name, times }) => textResult(`Hello, ${name}! `.repeat(times)),
});

test('an input schema is a plain, closed object without a dialect', () => {
  assert.equal(greet.tool.inputSchema(), {
    type: 'object',
    properties: {
      name: { type: 'string', minLength: 1, description: 'Whom' },
      times: { type: 'integer', default: 1, description: 'How often' },
    },
    required: ['name'],
    additionalProperties: false,
  });
});

test('a schema is made at the first call, and once', () => {
  assert.is(greet.tool.inputSchema(), greet.tool.inputSchema());
});

test('a schema that can’t be one is told at its first look', () => {
  const { tool } = define({ input: v.union([greeting, v.strictObject({})]), handle: () => textResult('') });
  assert.throws(() => tool.inputSchema(), /Expected the schema tool\.input to be a plain object at its root/);
});

test('a tool without an output has no output schema', () => {
  assert.not.ok(Object.hasOwn(greet.tool, 'outputSchema'));
});

const product = [echoTool(), systemInfoTool({ read: () => Promise.reject() }, { name: 'n', version: 'v' })];

for (const { tool } of product) {
  test(`the schemas of "${tool.name}" can be taken by every client`, () => {
    for (const schema of [tool.inputSchema(), tool.outputSchema?.()]) {
      if (schema === undefined) continue;
      const text = JSON.stringify(schema);
      for (const keyword of ['$schema', '$ref', '$defs', 'anyOf', 'allOf', 'not']) {
        assert.not.match(text, `"${keyword}"`);
      }
      assert.is(schema['type'], 'object');
    }
    assert.is(tool.inputSchema()['additionalProperties'], false);
  });

  test(`every argument of "${tool.name}" is described`, () => {
    for (const property of Object.values((tool.inputSchema()['properties'] ?? {}) as JsonObject)) {
      assert.match(String((property as JsonObject)['description']), /\w/);
    }
  });
}

test('a handler gets the arguments as the schema reads them', () => {
  assert.equal(greet.run({ name: 'Ada' }, fakeContext()), textResult('Hello, Ada! '));
  assert.equal(greet.run({ name: 'Ada', times: 2 }, fakeContext()), textResult('Hello, Ada! Hello, Ada! '));
});

test('arguments that don’t fit are a result that says so, and the handler never runs', () => {
  let ran = false;
  const tool = define({
    input: greeting,
    handle: () => {
      ran = true;
      return textResult('');
    },
  });
  assert.equal(
    tool.run({ times: 'x', loud: true }, fakeContext()),
    errorResult(
      'The arguments of "tool" don\'t fit: "name" is required; "times": expected number, got "x"; "loud" is no argument of this tool (it takes name, times)',
      'tool.arguments-invalid',
    ),
  );
  assert.not(ran);
});

test('an argument called "__proto__" is refused and changes no prototype', () => {
  const result = greet.run(JSON.parse('{"name":"Ada","__proto__":{"polluted":1}}'), fakeContext());
  assert.is(({} as JsonObject)['polluted'], undefined);
  assert.equal(
    result,
    errorResult(
      'The arguments of "tool" don\'t fit: "__proto__" is no argument of this tool (it takes name, times)',
      'tool.arguments-invalid',
    ),
  );
});

const withVariables = define({
  input: v.strictObject({ env: v.optional(v.objectWithRest({}, v.string())) }),
  handle: ({ env }) => textResult(Object.keys(env ?? {}).join()),
});

for (const [env, reason] of [
  ['{"__proto__":"1"}', '"env.__proto__": expected another name'],
  ['{"A":"1","constructor":"2"}', '"env.constructor": expected another name'],
  ['"{\\"prototype\\":1}"', '"env.prototype": expected another name'],
  ['["A=1"]', '"env": expected an object'],
  ['"[\\"A=1\\"]"', '"env"'],
] as const)
  test(`${env} is not passed over for variables`, async () => {
    const { isError, content } = await withVariables.run(JSON.parse(`{"env":${env}}`), fakeContext());
    assert.is(isError, true);
    assert.match(JSON.stringify(content), JSON.stringify(reason).slice(1, -1));
  });

const output = v.strictObject({ sum: v.number() });

for (const [when, made] of [
  ['at once', (result: ToolResult): Eventual<ToolResult> => result],
  ['later', (result: ToolResult): Eventual<ToolResult> => Promise.resolve(result)],
] as const) {
  const running = async (result: ToolResult) => {
    const tool = define({ input: v.strictObject({}), output, handle: () => made(result) });
    return outcomeOf(() => tool.run({}, fakeContext()));
  };

  test(`a result, ${when}, that keeps its promise passes`, async () => {
    assert.equal(await running(structuredResult({ sum: 3 })), structuredResult({ sum: 3 }));
  });

  test(`an error result, ${when}, promised nothing`, async () => {
    assert.equal(await running(errorResult('no')), errorResult('no'));
  });

  for (const [what, broken] of [
    ['of another shape', structuredResult({ sum: 'x' })],
    ['with too much', structuredResult({ sum: 3, more: 1 })],
    ['without structure', textResult('3')],
  ] as const) {
    test(`a result ${what}, ${when}, is a failure of ours`, async () => {
      const error = await running(broken);
      assert.instance(error, DomainError);
      const { code, kind, message } = error as DomainError;
      assert.equal([code, kind], ['tool.output-invalid', 'internal']);
      assert.is(message, 'Tool "tool" made a result that its own output schema refuses');
    });
  }
}

test('the definition refuses a tool that no client would take', () => {
  assert.throws(
    () => define({ name: 'no name', input: greeting, handle: () => textResult('') }),
    /tool name/,
  );
  assert.throws(
    () => define({ description: '', input: greeting, handle: () => textResult('') }),
    /description/,
  );
});

test('the definition keeps the limits that a tool has of its own', () => {
  const { tool } = define({ input: greeting, handle: () => textResult(''), timeout: 5, concurrency: 2 });
  assert.equal([tool.timeout, tool.concurrency], [5, 2]);
});

test.run();
