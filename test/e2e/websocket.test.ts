// deadline: 400
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { WebSocket } from 'ws';
import { killNetworkServers, NetworkServer } from '../support/network-server.ts';
import { modernMeta } from '../support/server-process.ts';
import { WebSocketClient } from '../support/web-socket-client.ts';

const test = suite('websocket');
test.after(killNetworkServers);

const server = await NetworkServer.start({ settings: { maxMessageBytes: 1_000_000 } });
const open = (version?: string, capabilities?: object) =>
  WebSocketClient.open(server.port, version, capabilities);
const url = `ws://127.0.0.1:${server.port}/ws`;

test('the server agrees on the subprotocol "mcp", and does without where it is not offered', async () => {
  const client = await WebSocketClient.connect(server.port);
  assert.is(client.socket.protocol, 'mcp');
  client.socket.close();
  const bare = new WebSocket(url);
  await once(bare, 'open');
  assert.is(bare.protocol, '');
  bare.send('{"jsonrpc":"2.0","id":1,"method":"ping"}');
  assert.is(String((await once(bare, 'message'))[0]), '{"jsonrpc":"2.0","id":1,"result":{}}');
  bare.close();
});

test('the server serves both eras, each message for itself', async () => {
  const client = await open('2025-06-18');
  assert.equal((await client.request(1, 'ping')).result, {});
  const modern = await client.request(2, 'tools/list', { _meta: modernMeta() });
  assert.is(modern.result.resultType, 'complete');
  client.socket.close();
});

test('the server takes batches where the revision has them', async () => {
  const client = await open('2025-03-26');
  client.send([{ jsonrpc: '2.0', id: 1, method: 'ping' }]);
  assert.equal(await client.until((frame) => Array.isArray(frame)), [{ jsonrpc: '2.0', id: 1, result: {} }]);
  client.socket.close();
});

test('the server answers what is no JSON, and lives on', async () => {
  const client = await open();
  client.send('{bad');
  assert.is((await client.until(({ id }) => id === undefined)).error.code, -32700);
  assert.equal((await client.request(1, 'ping')).result, {});
  client.socket.close();
});

test('the server cancels as on stdio, and asks the client', async () => {
  const client = await open('2025-11-25', { elicitation: {} });
  client.send({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: 'slow', arguments: { ms: 60_000 } },
  });
  client.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } });
  client.send({ jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'ask_name' } });
  const question = await client.until(({ method }) => method === 'elicitation/create');
  client.send({ jsonrpc: '2.0', id: question.id, result: { action: 'cancel' } });
  assert.is((await client.until(({ id }) => id === 2)).result.content[0].text, 'You said cancel');
  assert.not(client.frames.some(({ id }) => id === 1));
  client.socket.close();
});

test('the server closes with 1003 for bytes, and with 1009 for what is too long', async () => {
  const bytes = await open();
  bytes.socket.send(Buffer.from('{"jsonrpc":"2.0","id":1,"method":"ping"}'));
  assert.equal(await bytes.closed, { code: 1003, reason: 'Expected text frames' });
  const long = await open();
  long.send(`"${'x'.repeat(1_000_000)}"`);
  assert.is((await long.closed).code, 1009);
  const next = await open();
  assert.equal((await next.request(1, 'ping')).result, {});
  next.socket.close();
});

test('the server answers a ping', async () => {
  const client = await open();
  client.socket.ping('are you there');
  assert.is(String((await once(client.socket, 'pong'))[0]), 'are you there');
  client.socket.close();
});

test('"shutdown" closes the connection of its client alone', async () => {
  const [leaving, staying] = await Promise.all([open(), open()]);
  assert.equal((await leaving.request(1, 'shutdown')).result, {});
  assert.is((await leaving.closed).code, 1000);
  assert.equal((await staying.request(1, 'ping')).result, {});
  staying.socket.close();
});

async function refusal(
  options: ConstructorParameters<typeof WebSocket>[2],
  path = '/ws',
): Promise<IncomingMessage> {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, 'mcp', options);
  const [, response] = await once(socket, 'unexpected-response');
  response.resume();
  return response;
}

test('the server refuses foreign hosts and origins, and other paths', async () => {
  assert.is((await refusal({ headers: { Host: 'evil.example' } })).statusCode, 403);
  assert.is((await refusal({ origin: 'http://evil.example' })).statusCode, 403);
  assert.is((await refusal({}, '/nope')).statusCode, 404);
  assert.is((await refusal({}, '/mcp')).statusCode, 404);
});

test('the server takes no more clients than it may', async () => {
  const small = await NetworkServer.start({ network: { maxSessions: 1 } });
  const only = await WebSocketClient.open(small.port);
  const socket = new WebSocket(`ws://127.0.0.1:${small.port}/ws`);
  const [, response] = await once(socket, 'unexpected-response');
  assert.is(response.statusCode, 503);
  response.resume();
  only.socket.close();
  await small.stop();
});

test('the server reads nothing more from a client that does not read, and answers all when it does', async () => {
  const roomy = await NetworkServer.start();
  const client = await WebSocketClient.open(roomy.port);
  client.socket.pause();
  const calls = 40;
  for (let id = 1; id <= calls; id++) {
    client.send({
      jsonrpc: '2.0',
      id,
      method: 'tools/call',
      params: { name: 'big', arguments: { bytes: 1_000_000 } },
    });
  }
  client.socket.resume();
  await client.until(({ id }) => id === calls);
  assert.is(client.frames.filter(({ result }) => result?.content).length, calls);
  client.socket.close();
  await roomy.stop();
});

test('the server gives up a client that asks for more than it reads', async () => {
  const roomy = await NetworkServer.start();
  const client = await WebSocketClient.open(roomy.port, '2025-03-26');
  const call = {
    jsonrpc: '2.0',
    method: 'tools/call',
    params: { name: 'big', arguments: { bytes: 9_000_000 } },
  };
  client.send(Array.from({ length: 10 }, (_, id) => ({ ...call, id })));
  assert.is((await client.closed).code, 1006);
  await roomy.stop();
});

test('the server ends well after all that', () => server.stop());

test.run();
