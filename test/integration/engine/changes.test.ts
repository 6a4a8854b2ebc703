import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InMemoryConnection, modernRequestOf, requestOf } from '../../support/in-memory-connection.ts';
import type { Frame } from '../../support/server-process.ts';

const test = suite('engine: what changes');

const ID = 'io.modelcontextprotocol/subscriptionId';
const uri = 'test://static';

const listen = (id: string | number, notifications: object) =>
  modernRequestOf(id, 'subscriptions/listen', { notifications });
const addTool = (id: string | number, name: string) =>
  requestOf(id, 'tools/call', { name: 'add_tool', arguments: { name } });
const touch = (id: string | number, what = uri) =>
  requestOf(id, 'tools/call', { name: 'touch', arguments: { uri: what } });

const told = (connection: InMemoryConnection, method: string): Frame[] =>
  connection.frames.filter((frame) => frame.method === method);

const TOOLS = 'notifications/tools/list_changed';
const UPDATED = 'notifications/resources/updated';

async function open(): Promise<InMemoryConnection> {
  const connection = new InMemoryConnection();
  await connection.initialize();
  await connection.request('ready', 'tools/list');
  return connection;
}

test('legacy: a ready session hears that the tools have changed, and finds the new one', async () => {
  const connection = await open();
  connection.send(addTool(1, 'brand_new'));
  const notification = await connection.told(TOOLS);
  assert.equal(notification.params, {});
  const { tools } = (await connection.request(2, 'tools/list')).result;
  assert.is(tools.at(-1).name, 'brand_new');
});

test('legacy: a session that isn’t ready hears nothing', async () => {
  const connection = new InMemoryConnection();
  await connection.request(1, 'initialize', {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'n', version: 'v' },
  });
  connection.send(modernRequestOf(2, 'tools/call', { name: 'add_tool', arguments: { name: 'brand_new' } }));
  await connection.answer(2);
  assert.equal(told(connection, TOOLS), []);
});

test('nobody hears of changes without a session or a subscription', async () => {
  const connection = new InMemoryConnection();
  connection.send(modernRequestOf(1, 'tools/call', { name: 'add_tool', arguments: { name: 'brand_new' } }));
  await connection.answer(1);
  assert.is(connection.frames.length, 1);
});

test('legacy: who is subscribed to a resource hears of its changes, until they unsubscribe', async () => {
  const connection = await open();
  await connection.request(1, 'resources/subscribe', { uri });
  connection.send(touch(2, 'test://binary'), touch(3));
  await connection.answer(3);
  assert.equal((await connection.told(UPDATED)).params, { uri });
  await connection.request(4, 'resources/unsubscribe', { uri });
  connection.send(touch(5), requestOf(6, 'tools/list'));
  await connection.answer(6);
  assert.is(told(connection, UPDATED).length, 1);
});

test('legacy: one can subscribe to what there is only, and unsubscribe from anything', async () => {
  const connection = await open();
  const refused = await connection.request(1, 'resources/subscribe', { uri: 'nope://x' });
  assert.equal([refused.error.code, refused.error.data.uri], [-32002, 'nope://x']);
  assert.equal((await connection.request(2, 'resources/unsubscribe', { uri: 'nope://x' })).result, {});
  assert.equal((await connection.request(3, 'resources/subscribe', { uri: 'test://item/7' })).result, {});
});

test('legacy: 256 subscriptions are enough', async () => {
  const connection = await open();
  const ids = Array.from({ length: 257 }, (_, n) => n);
  connection.send(...ids.map((n) => requestOf(n, 'resources/subscribe', { uri: `test://item/${n}` })));
  const answers = await Promise.all(ids.map((n) => connection.answer(n)));
  assert.is(answers.filter(({ result }) => result !== undefined).length, 256);
  assert.is(answers.find(({ error }) => error).error.data.code, 'session.too-many-subscriptions');
});

for (const id of [9, 0, '', 'nine']) {
  test(`modern: a subscription says first what it keeps, and tells with its id ${JSON.stringify(id)}`, async () => {
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

test('modern: each subscription hears what it asked for', async () => {
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
  ['a filter that is a list', { notifications: [] }],
  ['resources that are no list', { notifications: { resourceSubscriptions: uri } }],
  ['resources that are no URIs', { notifications: { resourceSubscriptions: [5] } }],
  [
    'too many resources',
    { notifications: { resourceSubscriptions: Array.from({ length: 257 }, (_, n) => `test://${n}`) } },
  ],
] as const) {
  test(`modern: a subscription with ${what} is refused`, async () => {
    const connection = new InMemoryConnection();
    connection.send(modernRequestOf(1, 'subscriptions/listen', params));
    assert.is((await connection.answer(1)).error.code, -32602);
    assert.is(connection.frames.length, 1, 'nothing was acknowledged');
  });
}

test('modern: two subscriptions can’t have one id', async () => {
  const connection = new InMemoryConnection();
  connection.send(listen(1, { toolsListChanged: true }), listen(1, { toolsListChanged: true }));
  assert.is((await connection.answer(1)).error.code, -32600);
  assert.is(told(connection, 'notifications/subscriptions/acknowledged').length, 1);
});

test('modern: a cancelled subscription hears nothing more, and has no result', async () => {
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

test('both eras hear of the same change, each in its own way', async () => {
  const connection = await open();
  connection.send(listen(9, { toolsListChanged: true }), addTool(1, 'brand_new'));
  await connection.answer(1);
  assert.equal(
    told(connection, TOOLS).map(({ params }) => params),
    [{}, { _meta: { [ID]: 9 } }],
  );
});

for (const [name, args, order] of [
  ['progress', { steps: 3 }, [1, 2, 3, 'answer']],
  ['log', {}, ['info', 'error', 'answer']],
] as const) {
  test(`what "${name}" tells of its call comes before the answer`, async () => {
    const connection = await open();
    const begin = connection.frames.length;
    await connection.request('answer', 'tools/call', { name, arguments: args, _meta: { progressToken: 0 } });
    assert.equal(
      connection.frames.slice(begin).map((frame) => frame.id ?? frame.params.progress ?? frame.params.level),
      order,
    );
  });
}

test('modern: log messages only for the request that wants them', async () => {
  const connection = new InMemoryConnection();
  const log = { name: 'log', arguments: {} };
  connection.send(
    modernRequestOf(1, 'tools/call', log),
    modernRequestOf(2, 'tools/call', log, { logLevel: 'debug' }),
  );
  await connection.answer(2);
  const levels = told(connection, 'notifications/message').map(({ params }) => params.level);
  assert.equal(levels, ['debug', 'info', 'error']);
});

test('legacy: the level that the client set counts from then on', async () => {
  const connection = await open();
  const log = (id: number) => connection.request(id, 'tools/call', { name: 'log', arguments: {} });
  assert.is((await connection.request(1, 'logging/setLevel', { level: 'loud' })).error.code, -32602);
  for (const [id, level] of [
    [2, 'error'],
    [4, 'debug'],
  ] as const) {
    assert.equal((await connection.request(id, 'logging/setLevel', { level })).result, {});
    await log(id + 1);
  }
  const levels = told(connection, 'notifications/message').map(({ params }) => params.level);
  assert.equal(levels, ['error', 'debug', 'info', 'error']);
});

test.run();
