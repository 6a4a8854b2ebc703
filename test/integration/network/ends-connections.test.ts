import { type AddressInfo, connect as connectTo } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Reply } from '../../../src/presentation/jsonrpc/frame-sink.ts';
import type { McpConnection } from '../../../src/presentation/protocol/mcp-connection.ts';
import type { ConnectModern } from '../../../src/presentation/transport/connect.ts';
import { OpenConnections } from '../../../src/presentation/transport/http/connections/open-connections.ts';
import { HttpTransport } from '../../../src/presentation/transport/http/http-transport.ts';
import { LegacySse } from '../../../src/presentation/transport/http/older/legacy-sse.ts';
import { StreamableHttp } from '../../../src/presentation/transport/http/streamable/streamable-http.ts';
import { HttpClient, initialize, jsonHeaders, modernHeaders } from '../../support/http-client.ts';
import { modernMeta } from '../../support/server-process.ts';
import { until } from '../../support/until.ts';

/** A connection hears of every change of the server until it is ended: one that is forgotten costs memory for ever. */
const test = suite<{ client: HttpClient; port: number; open: Set<object>; stop: () => Promise<void> }>(
  'network: ends connections',
);

test.before.each(async (context) => {
  const open = new Set<object>();
  const connect = () => {
    const end = () => open.delete(connection);
    const connection = {
      peer: {
        requestsInFlight: 0,
        whenIdle: async () => undefined,
        cancelAll: () => undefined,
        take: (_: unknown, reply?: Reply) => reply?.finish('{"jsonrpc":"2.0","error":{}}', -32602),
      },
      release: end,
      close: async () => void end(),
    };
    open.add(connection);
    return connection as unknown as McpConnection;
  };
  const connections = new OpenConnections();
  const options = {
    connect,
    connectModern: connect as unknown as ConnectModern,
    connections,
    queries: { getTool: () => undefined },
    maxMessageBytes: 1000,
    maxSessions: 10,
  };
  const http = new StreamableHttp({ ...options, sessionIdleMs: 60_000 });
  const sse = new LegacySse({ ...options, messagesPath: '/messages' });
  const transport = new HttpTransport({
    host: '127.0.0.1',
    port: 0,
    allowed: { hosts: ['127.0.0.1'], origins: [] },
    endpoints: new Map([
      ['/mcp', http],
      ['/sse', sse.stream],
    ]),
    upgrades: new Map(),
    connections,
    onFailure: (error: unknown) => {
      throw error;
    },
  } as unknown as ConstructorParameters<typeof HttpTransport>[0]);
  const { port }: AddressInfo = await transport.listen();
  const now = Promise.resolve();
  Object.assign(context, {
    open,
    client: new HttpClient(port),
    port,
    stop: () => transport.close({ drain: now, exit: now }),
  });
});
test.after.each(({ stop }) => stop());

test('of a modern request, when it is answered', async ({ client, open }) => {
  await (await client.modern('tools/list')).ended;
  await until(() => open.size === 0);
});

test('of a handshake that failed', async ({ client, open }) => {
  const answer = await client.ask({ headers: jsonHeaders, body: initialize() });
  assert.is(answer.headers['mcp-session-id'], undefined);
  await until(() => open.size === 0);
});

test('of HTTP+SSE, when its stream is closed', async ({ client, open }) => {
  const stream = await client.ask({ method: 'GET', path: '/sse' });
  assert.is(open.size, 1);
  stream.close();
  await until(() => open.size === 0);
});

/** Node.js 22 tells nobody that a response is over that was never written to its connection (nodejs/node#62534). */
test('of requests that wait behind another on one connection, when that is closed', async ({
  port,
  open,
}) => {
  const body = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/list',
    params: { _meta: modernMeta() },
  });
  const headers = { Host: '127.0.0.1', ...modernHeaders('tools/list'), 'Content-Length': body.length };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const post = `POST /mcp HTTP/1.1\r\n${head.join('')}\r\n${body}`;
  const socket = connectTo(port, '127.0.0.1');
  socket.write(`GET /sse HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n${post}${post}`);
  await until(() => open.size === 3);
  socket.destroy();
  await until(() => open.size === 0);
});

test.run();
