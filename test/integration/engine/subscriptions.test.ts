import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InMemoryConnection, modernRequestOf } from '../../support/in-memory-connection.ts';
import type { Frame } from '../../support/server-process.ts';

const test = suite('engine: modern subscriptions');

const ID = 'io.modelcontextprotocol/subscriptionId';
const uri = 'test://static';

const listen = (id: string | number, notifications: object) =>
  modernRequestOf(id, 'subscriptions/listen', { notifications });

const told = (connection: InMemoryConnection, method: string): Frame[] =>
  connection.frames.filter((frame) => frame.method === method);

const TOOLS = 'notifications/tools/list_changed';
const UPDATED = 'notifications/resources/updated';

for (const id of [9, 0, '', 'nine']) {
  test(`a subscription says first what it keeps, and tells with its id ${JSON.stringify(id)}`, async () => {
    const connection = new InMemoryConnection();
    const asked = {
      toolsListChanged: true,
      promptsListChanged: false,
      resourceSubscriptions: [uri],
      bogus: true,
    };
    connection.send(listen(id, asked));
    const acknowledged = await connection.told('notifications/subscriptions/acknowledged');
    assert.equal(acknowledged.params, {
      _meta: { [ID]: id },
      notifications: { toolsListChanged: true, resourceSubscriptions: [uri] },
    });
    assert.is(connection.frames[0], acknowledged);
    connection.send(
      modernRequestOf('a', 'tools/call', { name: 'add_tool', arguments: { name: 'brand_new' } }),
    );
    assert.equal((await connection.told(TOOLS)).params, { _meta: { [ID]: id } });
    connection.send(modernRequestOf('t', 'tools/call', { name: 'touch', arguments: { uri } }));
    assert.equal((await connection.told(UPDATED)).params, { uri, _meta: { [ID]: id } });
  });
}

test('each subscription hears what it asked for', async () => {
  const connection = new InMemoryConnection();
  connection.send(
    listen(1, { toolsListChanged: true }),
    listen(2, { promptsListChanged: true }),
    listen(3, {}),
  );
  connection.application.commands.registerPrompt({
    prompt: { name: 'brand_new', description: 'For tests', arguments: [] },
    get: async () => ({ messages: [] }),
  });
  const { params } = await connection.told('notifications/prompts/list_changed');
  assert.is(params._meta[ID], 2);
  assert.equal(told(connection, TOOLS), []);
});

for (const [what, params] of [
  ['no filter', {}],
  ['a filter that is a list', { notifications: ['toolsListChanged'] }],
  ['resources that are no list', { notifications: { resourceSubscriptions: uri } }],
  ['resources that are no URIs', { notifications: { resourceSubscriptions: [5] } }],
  [
    'too many resources',
    { notifications: { resourceSubscriptions: Array.from({ length: 257 }, (_, n) => `test://${n}`) } },
  ],
] as const) {
  test(`a subscription with ${what} is refused`, async () => {
    const connection = new InMemoryConnection();
    connection.send(modernRequestOf(1, 'subscriptions/listen', params));
    assert.is((await connection.answer(1)).error.code, -32602);
    assert.is(connection.frames.length, 1, 'nothing was acknowledged');
  });
}

test('two subscriptions can’t have one id', async () => {
  const connection = new InMemoryConnection();
  connection.send(listen(1, { toolsListChanged: true }), listen(1, { toolsListChanged: true }));
  assert.is((await connection.answer(1)).error.code, -32600);
  assert.is(told(connection, 'notifications/subscriptions/acknowledged').length, 1);
});

test('a cancelled subscription hears nothing more, and has no result', async () => {
  const connection = new InMemoryConnection();
  connection.send(listen(9, { toolsListChanged: true }), listen(10, { toolsListChanged: true }));
  connection.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 9 } });
  connection.send(modernRequestOf(1, 'tools/call', { name: 'add_tool', arguments: { name: 'brand_new' } }));
  await connection.told(TOOLS);
  assert.equal(
    told(connection, TOOLS).map(({ params }) => params._meta[ID]),
    [10],
  );
  assert.not.ok(connection.frames.some((frame) => frame.id === 9));
});

test.run();
