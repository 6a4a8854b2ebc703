import { once } from 'node:events';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { WebSocket } from 'ws';
import type { McpConnection } from '../../../src/presentation/protocol/mcp-connection.ts';
import type { ConnectModern } from '../../../src/presentation/transport/connect.ts';
import { OpenConnections } from '../../../src/presentation/transport/http/connections/open-connections.ts';
import { HttpTransport } from '../../../src/presentation/transport/http/http-transport.ts';
import { LegacySse } from '../../../src/presentation/transport/http/older/legacy-sse.ts';
import { WebSockets } from '../../../src/presentation/transport/http/older/web-socket.ts';
import type { Endpoint } from '../../../src/presentation/transport/http/routes.ts';
import { StreamableHttp } from '../../../src/presentation/transport/http/streamable/streamable-http.ts';
import { HttpClient, initialize } from '../../support/http-client.ts';
import { WebSocketClient } from '../../support/web-socket-client.ts';

const test = suite('network: what is thrown');

const thrown = new RangeError('Invalid string length');
const failures: unknown[] = [];

const throwing = () => {
  throw thrown;
};

const connections = new OpenConnections();

/** Connections whose engine throws whatever it gets, which the real one never does. */
const connect = () => {
  const peer = { requestsInFlight: 0, whenIdle: async () => undefined, receive: throwing, take: throwing };
  return { peer, close: async () => undefined, release: () => undefined } as unknown as McpConnection;
};
const options = {
  connections,
  connect,
  connectModern: connect as unknown as ConnectModern,
  queries: { getTool: () => undefined },
  maxMessageBytes: 1000,
  maxSessions: 10,
  sessionIdleMs: 60_000,
  onFailure: (error: unknown) => failures.push(error),
};
const sse = new LegacySse({ ...options, messagesPath: '/messages' });
const http = new StreamableHttp(options);
const open = new WebSockets(options);
const limited = new WebSockets({ ...options, countMessages: throwing });
const probe: Endpoint = { handle: async (exchange) => exchange.text(200, 'alive') };
const edge: Endpoint = {
  handle: async () => undefined,
  get isProbe(): boolean {
    throw thrown;
  },
};
const transport = new HttpTransport({
  host: '127.0.0.1',
  port: 0,
  allowed: { hosts: ['127.0.0.1'], origins: [] },
  endpoints: new Map([
    ['/mcp', http],
    ['/sse', sse.stream],
    ['/messages', sse.messages],
    ['/probe', probe],
    ['/edge', edge],
  ]),
  upgrades: new Map([
    ['/ws', open],
    ['/limited', limited],
  ]),
  connections,
  onRefused: () => undefined,
  onFailure: options.onFailure,
});
const { port } = await transport.listen();
test.after(() => transport.close({ drain: Promise.resolve(), exit: Promise.resolve() }));

const POSTED = {
  'Content-Type': 'application/json',
  Accept: 'application/json, text/event-stream',
};
const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
const client = new HttpClient(port);

/** Sends something that the server fails at; resolves when its connection is closed or answered. */
const attempts: Readonly<Record<string, () => Promise<unknown>>> = {
  'at the edge': () => client.ask({ method: 'GET', path: '/edge' }).catch(() => undefined),
  'over HTTP': () => client.ask({ headers: POSTED, body: initialize('2025-11-25') }).catch(() => undefined),
  'over HTTP+SSE': async () => {
    const stream = await client.ask({ method: 'GET', path: '/sse' });
    const { data } = await stream.untilEvent(({ event }) => event === 'endpoint');
    return await client.ask({ path: data, headers: POSTED, body: ping });
  },
  'over WebSocket': async () => {
    const { socket, closed } = await WebSocketClient.connect(port);
    socket.send(JSON.stringify(ping));
    assert.is((await closed).code, 1011);
  },
  'over WebSocket, before it is taken': async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/limited`);
    await once(socket, 'open');
    socket.send(JSON.stringify(ping));
    assert.is((await once(socket, 'close'))[0], 1011);
  },
};

for (const [where, attempt] of Object.entries(attempts)) {
  test(`what is thrown ${where} is told, and ends nobody else`, async () => {
    const other = await WebSocketClient.connect(port);
    failures.length = 0;
    await attempt();
    assert.equal(failures, [thrown]);
    other.socket.ping();
    await once(other.socket, 'pong');
    assert.is((await client.ask({ method: 'GET', path: '/probe' })).status, 200);
    other.socket.close();
  });
}

test.run();
