import { once } from 'node:events';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { FrameSink } from '../../../src/presentation/jsonrpc/frame-sink.ts';
import type { McpConnection } from '../../../src/presentation/protocol/mcp-connection.ts';
import type { ConnectingClient } from '../../../src/presentation/transport/connect.ts';
import { OpenConnections } from '../../../src/presentation/transport/http/connections/open-connections.ts';
import { HttpTransport } from '../../../src/presentation/transport/http/http-transport.ts';
import { LegacySse } from '../../../src/presentation/transport/http/older/legacy-sse.ts';
import { WebSockets } from '../../../src/presentation/transport/http/older/web-socket.ts';
import { HttpClient } from '../../support/http-client.ts';
import type { Frame } from '../../support/server-process.ts';
import { WebSocketClient } from '../../support/web-socket-client.ts';

/** One client that can stop reading, and where the server writes to it. */
interface Reader {
  readonly sink: FrameSink;
  readonly client: { pause(): void; resume(): void };
  readonly frames: () => readonly Frame[];
  readonly until: (fits: (frame: Frame) => boolean) => Promise<Frame>;
}

const test = suite('network: slow readers');

const sinks: FrameSink[] = [];
const connections = new OpenConnections();
const options = {
  connections,
  connect: ({ sink }: ConnectingClient) => {
    sinks.push(sink);
    const peer = { requestsInFlight: 0, whenIdle: async () => undefined };
    return { peer, close: async () => undefined } as unknown as McpConnection;
  },
  maxMessageBytes: 1000,
  maxSessions: 10,
  onFailure: (error: unknown) => {
    throw error;
  },
};
const sse = new LegacySse({ ...options, messagesPath: '/messages' });
const sockets = new WebSockets(options);
const transport = new HttpTransport({
  host: '127.0.0.1',
  port: 0,
  allowed: { hosts: ['127.0.0.1'], origins: [] },
  endpoints: new Map([['/sse', sse.stream]]),
  upgrades: new Map([['/ws', sockets]]),
  connections,
  onRefused: () => undefined,
  onFailure: options.onFailure,
});
const { port } = await transport.listen();
test.after(() => transport.close({ drain: Promise.resolve(), exit: Promise.resolve() }));

const newestSink = () => sinks.at(-1) as FrameSink;

const readers: Readonly<Record<string, () => Promise<Reader>>> = {
  'HTTP+SSE': async () => {
    const stream = await new HttpClient(port).ask({ method: 'GET', path: '/sse' });
    return {
      sink: newestSink(),
      client: stream,
      frames: () => stream.frames,
      until: (fits) => stream.until(fits),
    };
  },
  WebSocket: async () => {
    const client = await WebSocketClient.connect(port);
    return {
      sink: newestSink(),
      client: client.socket,
      frames: () => client.frames,
      until: (fits) => client.until(fits),
    };
  },
};

const frame = (id: string, fill = '') => JSON.stringify({ id, fill });
/** More than the system takes of what nobody reads. */
const BIG = 'x'.repeat(12 * 1024 * 1024);

for (const [transportName, open] of Object.entries(readers)) {
  test(`${transportName}: who reads slowly misses what can be left out, and nothing else`, async () => {
    const { sink, client, frames, until } = await open();
    client.pause();
    sink.send(frame('big', BIG));
    sink.send(frame('progress'), { droppable: true });
    sink.send(frame('answer'));
    client.resume();
    await until(({ id }) => id === 'answer');
    assert.equal(
      frames().map(({ id }) => id),
      ['big', 'answer'],
    );
    sink.send(frame('later'), { droppable: true });
    await until(({ id }) => id === 'later');
  });
}

test('WebSocket: reads on from a client that reads again', async () => {
  const client = await WebSocketClient.connect(port);
  client.socket.pause();
  newestSink().send(frame('big', BIG));
  client.socket.ping();
  client.socket.resume();
  await once(client.socket, 'pong');
  client.socket.close();
});

test.run();
