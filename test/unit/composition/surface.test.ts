import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { defaultSurface } from '../../../build/default-surface.ts';
import { serverIdentity } from '../../../src/composition/server-identity.ts';
import { productTools } from '../../support/product-tools.ts';

const test = suite('surface');

const server = serverIdentity('my-server');
const { tools, resources, prompts } = await defaultSurface();
const names = tools.map(({ tool }) => tool.name as string);

test('the product offers these, in this order', () => {
  assert.equal(names, productTools);
  assert.equal(
    resources.map((definition) =>
      'resource' in definition ? definition.resource.uri : definition.template.uriTemplate,
    ),
    ['config://server', 'status://health', 'file:///{path}'],
  );
  assert.equal(
    prompts.map(({ prompt }) => prompt.name),
    ['code_review', 'explain_code', 'debug_help'],
  );
});

for (const [what, changes, missing] of [
  ['no toolset', { tools: { toolsets: [] } }, productTools],
  ['commands off', { security: { commands: { policy: 'off' } } }, ['execute_command']],
] as const) {
  test(`a configuration with ${what} lacks ${missing.length} tools`, async () => {
    const offered = (await defaultSurface(changes)).tools.map(({ tool }) => tool.name as string);
    assert.equal(
      productTools.filter((name) => !offered.includes(name)),
      missing,
    );
  });
}

test('no two things have the same name', () => {
  assert.is(new Set(names).size, tools.length);
});

test('every tool name is one that every client takes', () => {
  for (const name of names) assert.match(name, /^[a-z0-9_]{1,64}$/);
});

test('every schema is plain at its root, closed, and describes what it asks for', () => {
  for (const { tool } of tools) {
    const { type, additionalProperties, properties, anyOf, oneOf, allOf } = tool.inputSchema();
    assert.equal(
      [type, additionalProperties, anyOf, oneOf, allOf],
      ['object', false, undefined, undefined, undefined],
    );
    for (const [name, property] of Object.entries(properties as Record<string, { description?: string }>)) {
      assert.ok(property.description, `${tool.name}.${name}`);
    }
  }
});

test('what they say of themselves follows from no configuration but their limits', async () => {
  const said = async (changes: object) => {
    const surface = await defaultSurface(changes);
    return surface.tools.map(({ tool: { inputSchema, outputSchema, ...description } }) => ({
      ...description,
      input: inputSchema(),
      output: outputSchema?.(),
    }));
  };
  const security = { allowed_directories: ['/srv'], read_only: true, commands: { policy: 'ask' } };
  const mcp = { tool_timeout: 7, page_size: 3 };
  const claude = { api_key: 'k', default_model: 'claude-x', max_tokens: 7 };
  const changed = { server: { name: 'other', debug: true }, claude, mcp, security };
  assert.equal(await said(changed), await said({}));
  assert.not.equal(await said({ claude: { timeout: 7 } }), await said({}));
  assert.not.equal(await said({ tools: { max_entries: 7 } }), await said({}));
});

test('what tools/list says of them stays small', () => {
  const listed = tools.map(({ tool }) => [
    tool.name,
    tool.title,
    tool.description,
    tool.annotations,
    tool.inputSchema(),
    tool.outputSchema?.(),
  ]);
  assert.ok(JSON.stringify(listed).length < 10_500, 'a model pays for it in every conversation');
});

test('the server is called as configured', () => {
  assert.is(server.name, 'my-server');
});

test('the instructions name only tools that there are', () => {
  const named = server.instructions.match(/\b[a-z]+_[a-z_]+\b/g) ?? [];
  assert.ok(named.length > 0);
  for (const name of named) assert.ok(names.includes(name), name);
  assert.ok(server.instructions.length < 500, 'a model reads them in every conversation');
});

test.run();
