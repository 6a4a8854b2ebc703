import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { productSurface } from '../../../src/composition/product-surface.ts';
import { serverIdentity } from '../../../src/composition/server-identity.ts';

const test = suite('product-surface');

const server = serverIdentity('my-server');
const { tools, resources, prompts } = productSurface(server);

test('offers these, in this order', () => {
  assert.equal(
    tools.map(({ tool }) => tool.name),
    ['echo', 'system_info'],
  );
  assert.equal([resources, prompts], [[], []]);
});

test('no two things have the same name', () => {
  assert.is(new Set(tools.map(({ tool }) => tool.name)).size, tools.length);
});

test('every tool name is one that every client takes', () => {
  for (const { tool } of tools) assert.match(tool.name, /^[a-z0-9_]{1,64}$/);
});

test('the server is called as configured', () => {
  assert.is(server.name, 'my-server');
});

test('the instructions name only tools that there are', () => {
  const names = tools.map(({ tool }) => tool.name as string);
  const named = server.instructions.match(/\b[a-z]+_[a-z_]+\b/g) ?? [];
  for (const name of named) assert.ok(names.includes(name), name);
  assert.ok(server.instructions.length < 500, 'a model reads them in every conversation');
});

test.run();
