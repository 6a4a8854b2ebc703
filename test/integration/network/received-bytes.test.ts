import { once } from 'node:events';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { WebSocket } from 'ws';
import type { Reply } from '../../../src/presentation/jsonrpc/frame-sink.ts';
import type { Message } from '../../../src/presentation/jsonrpc/message.ts';
import type { McpConnection } from '../../../src/presentation/protocol/mcp-connection.ts';
import { OpenConnections } from '../../../src/presentation/transport/http/connections/open-connections.ts';
import { HttpTransport } from '../../../src/presentation/transport/http/http-transport.ts';
import { WebSockets } from '../../../src/presentation/transport/http/older/web-socket.ts';
import { ReceiveBudget } from '../../../src/presentation/transport/http/receiving/receive-budget.ts';

const test = suite('network: received bytes');

/** Work that is not done before it is told to be. */
const working: Reply[] = [];
const peer = {
  requestsInFlight: 0,
  whenIdle: async () => undefined,
  take: (frame: Message, reply?: Reply) => {
    if (frame.kind === 'request' && frame.method === 'work' && reply) working.push(reply);
    else reply?.finish(undefined);
  },
};
const MESSAGE = 100_000;
const onFailure = (error: unknown) => {
  throw error;
};
const connections = new OpenConnections();
const sockets = new WebSockets({
  connections,
  connect: () => ({ peer, close: async () => undefined }) as unknown as McpConnection,
  maxMessageBytes: MESSAGE,
  budget: new ReceiveBudget(MESSAGE, { each: 0, total: 0 }), // twice the longest message
  maxSessions: 10,
  onFailure,
});
const transport = new HttpTransport({
  host: '127.0.0.1',
  port: 0,
  allowed: { hosts: ['127.0.0.1'], origins: [] },
  endpoints: new Map(),
  upgrades: new Map([['/ws', sockets]]),
  connections,
  onRefused: () => undefined,
  onFailure,
});
const { port } = await transport.listen();
test.after(() => transport.close({ drain: Promise.resolve(), exit: Promise.resolve() }));

async function open(): Promise<WebSocket> {
  const client = new WebSocket(`ws://127.0.0.1:${port}/ws`);
  await once(client, 'open');
  return client;
}

const message = (method: string) => JSON.stringify({ jsonrpc: '2.0', id: 1, method }).padEnd(MESSAGE);

/** Everything before it has arrived. */
async function ping(client: WebSocket, payload = 'x'): Promise<void> {
  client.ping(payload);
  await once(client, 'pong');
}

test('messages that are whole, and pings beside them, take nothing for longer than they are there', async () => {
  const client = await open();
  for (let count = 0; count < 1200; count += 1) await ping(client, 'x'.repeat(count % 126));
  for (let count = 0; count < 20; count += 1) client.send(message('quick'));
  await ping(client);
  client.terminate();
});

test('a message that is worked on counts until its work is done', async () => {
  const client = await open();
  for (let count = 0; count < 2; count += 1) client.send(message('work').slice(0, 90_000));
  await ping(client);
  const other = await open();
  other.send(message('quick'));
  assert.equal((await once(other, 'close'))[0], 1013);
  for (const reply of working.splice(0)) reply.finish(undefined);
  const third = await open();
  third.send(message('quick'));
  await ping(third);
  for (const each of [client, third]) each.terminate();
});

test('what is not whole counts until its client is gone, pings in between or not', async () => {
  const first = await open();
  for (const part of ['x'.repeat(50_000), 'y'.repeat(40_000)]) {
    first.send(part, { fin: false });
    await ping(first);
  }
  const second = await open();
  second.send('x'.repeat(90_000), { fin: false });
  await ping(second);
  const third = await open();
  third.send('x'.repeat(50_000), { fin: false });
  const [code, reason] = await once(third, 'close');
  assert.equal([code, String(reason)], [1013, 'Too much is being received at the moment']);
  const gone = once(first, 'close');
  first.terminate();
  await gone;
  const fourth = await open();
  fourth.send('x'.repeat(50_000), { fin: false });
  await ping(fourth);
  for (const each of [second, fourth]) each.terminate();
});

test('a message in more pieces than there may be ends its connection', async () => {
  const client = await open();
  const closed = once(client, 'close');
  for (let count = 0; count < 20_000; count += 1) client.send('x', { fin: false });
  assert.is((await closed)[0], 1008);
});

test.run();
