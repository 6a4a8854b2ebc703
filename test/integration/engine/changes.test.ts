import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { MemorySessionRepository } from '../../../src/infrastructure/persistence/memory/session-repository.ts';
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

test('legacy: a change that can’t be told harms nobody', async () => {
  const sessions = new MemorySessionRepository();
  const connection = new InMemoryConnection({ sessions });
  await connection.initialize();
  await connection.request(1, 'resources/subscribe', { uri });
  connection.send(listen(9, { resourceSubscriptions: [uri] }));
  sessions.find = () => Promise.reject(new Error('the disk is gone'));
  connection.send(touch(2));
  assert.ok((await connection.answer(2)).result);
  assert.is((await connection.told(UPDATED)).params._meta[ID], 9);
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

test('both eras hear of the same change, each in its own way', async () => {
  const connection = await open();
  connection.send(listen(9, { toolsListChanged: true }), addTool(1, 'brand_new'));
  await connection.answer(1);
  assert.equal(
    told(connection, TOOLS).map(({ params }) => params),
    [{}, { _meta: { [ID]: 9 } }],
  );
});

test.run();
