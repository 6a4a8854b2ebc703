import Ajv2020 from 'ajv/dist/2020.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { configurationJsonSchema } from '../../../../../src/infrastructure/config/documents/configuration-json-schema.ts';
import { initialText } from '../../../../../src/infrastructure/config/documents/initial-text.ts';
import { allSettings } from '../../../../../src/infrastructure/config/schema/settings.ts';

const test = suite('JSON Schema of the configuration');

const validate = new Ajv2020.default({ strict: true, allowUnionTypes: true }).compile(
  configurationJsonSchema(),
);

interface Described {
  readonly properties?: Readonly<Record<string, Described>>;
  readonly description?: string;
  readonly default?: unknown;
  readonly deprecated?: boolean;
}

function at(...path: readonly string[]): Described | undefined {
  let schema: Described | undefined = configurationJsonSchema() as Described;
  for (const name of path) schema = schema?.properties?.[name];
  return schema;
}

test('the schema describes every setting, with its default', () => {
  for (const { key, path, defaultValue } of allSettings()) {
    const schema = at(...path);
    assert.match(schema?.description ?? '', /\.$/, key);
    assert.equal(schema?.default, defaultValue, key);
  }
});

test('the schema marks the keys of older servers', () => {
  assert.is(at('mcp', 'enable_tools')?.deprecated, true);
});

for (const [what, text] of [
  ['the initial configuration', initialText()],
  ['an empty file', ''],
  ['names of tools', 'tools: { disabled: [echo, execute_command] }'],
  ['names of transports', 'server: { transport: "http, sse" }'],
  ['durations', 'mcp: { tool_timeout: 30s }\nserver: { shutdown_timeout: 1.5 }'],
  ['sections of sections', 'security: { commands: { policy: ask, allowlist: [/bin/ls] } }'],
] as const) {
  test(`the schema takes ${what}`, () => {
    assert.ok(validate(parse(text)), JSON.stringify(validate.errors));
  });
}

for (const text of [
  'servr: {}',
  'server: { nmae: x }',
  'server: { port: 65536 }',
  'logging: { level: loud }',
  'security: { commands: { policy: maybe } }',
  'tools: { disabled: echo }',
  'tools: { disabled: [execute_comand] }',
  'server: { transport: [htp] }',
  'server: { transport: "http,ss" }',
]) {
  test(`the schema refuses ${text}`, () => assert.not.ok(validate(parse(text))));
}

test.run();
