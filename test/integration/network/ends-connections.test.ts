import type { AddressInfo } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Reply } from '../../../src/presentation/jsonrpc/frame-sink.ts';
import type { McpConnection } from '../../../src/presentation/protocol/mcp-connection.ts';
import { HttpTransport } from '../../../src/presentation/transport/http/http-transport.ts';
import { LegacySse } from '../../../src/presentation/transport/http/legacy-sse.ts';
import { StreamableHttp } from '../../../src/presentation/transport/http/streamable-http.ts';
import { HttpClient, initialize, jsonHeaders } from '../../support/http-client.ts';
import { until } from '../../support/until.ts';

/** A connection hears of every change of the server until it is ended: one that is forgotten costs memory for ever. */
const test = suite<{ client: HttpClient; open: Set<object>; stop: () => Promise<void> }>(
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
  const options = { connect, queries: { getTool: () => undefined }, maxMessageBytes: 1000, maxSessions: 10 };
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
    services: [http, sse],
    onFailure: (error: unknown) => {
      throw error;
    },
  } as unknown as ConstructorParameters<typeof HttpTransport>[0]);
  const { port }: AddressInfo = await transport.listen();
  const now = Promise.resolve();
  Object.assign(context, {
    open,
    client: new HttpClient(port),
    stop: () => transport.close({ patience: now, deadline: now }),
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

test.run();
