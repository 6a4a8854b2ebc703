// deadline: 400
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { WebSocket } from 'ws';
import { type HttpAnswer, HttpClient, HttpSession, initialize, jsonHeaders } from '../support/http-client.ts';
import { killNetworkServers, NetworkServer } from '../support/network-server.ts';
import { until } from '../support/until.ts';
import { WebSocketClient } from '../support/web-socket-client.ts';

const test = suite('network: memory');
test.after(killNetworkServers);

const MIB = 1024 * 1024;

const head = (more: string) =>
  `POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n${more}\r\n\r\n`;

/** A connection on which these bytes were sent, and what came back so far. */
function send(port: number, ...parts: readonly (string | Buffer)[]) {
  const socket: Socket = connect(port, '127.0.0.1').setEncoding('latin1');
  const heard = { text: '' };
  socket.on('error', () => undefined); // the server may close it while it is written
  socket.on('data', (text: string) => {
    heard.text += text;
  });
  for (const part of parts) socket.write(part);
  return { socket, heard };
}

/** The most memory that the server ever had, in MiB; undefined where the system doesn't tell. */
function peakOf({ process }: NetworkServer): number | undefined {
  if (globalThis.process.platform !== 'linux') return undefined;
  const status = readFileSync(`/proc/${process.child.pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}

async function expectServed({ port }: NetworkServer): Promise<void> {
  const answer = await new HttpClient(port).ask({ headers: jsonHeaders, body: initialize() });
  assert.is(answer.status, 200);
}

function expectSmall(server: NetworkServer): void {
  const peak = peakOf(server);
  assert.ok(peak === undefined || peak < 400, `${peak} MiB`);
}

test('a body in chunks of one byte costs what it holds', async () => {
  const server = await NetworkServer.start({ settings: { maxMessageBytes: 24 * MIB } });
  const chunks = Buffer.from('1\r\n \r\n'.repeat(250_000));
  const sent = [1, 2, 3, 4].map(() => send(server.port, head('Transfer-Encoding: chunked'), chunks, chunks));
  const frame = JSON.stringify(initialize());
  for (const { socket } of sent) socket.write(`${frame.length.toString(16)}\r\n${frame}\r\n0\r\n\r\n`);
  for (const { heard, socket } of sent) {
    await until(() => heard.text.includes('"protocolVersion"'));
    assert.match(heard.text, /^HTTP\/1\.1 200 /);
    socket.destroy();
  }
  expectSmall(server);
  await server.stop();
});

test('bodies that stay half sent have a share: 503 and when to come again beyond it, and room again when they are gone', async () => {
  const server = await NetworkServer.start({ settings: { maxMessageBytes: 24 * MIB } });
  const half = Buffer.alloc(20 * MIB, ' ');
  const sent = Array.from({ length: 6 }, () => send(server.port, head(`Content-Length: ${24 * MIB}`), half));
  const refused = () => sent.filter(({ heard }) => heard.text !== '');
  await until(() => refused().length >= 4);
  for (const { heard } of refused()) {
    assert.match(heard.text, /^HTTP\/1\.1 503 .*\r\nRetry-After: 5\r\n.*"code":"message.no-room"/s);
  }
  const large = JSON.stringify(initialize()).padEnd(20 * MIB);
  const ask = () => new HttpClient(server.port).ask({ headers: jsonHeaders, body: large });
  assert.is((await ask()).status, 503, 'its client has done writing, and reads');
  await expectServed(server);
  expectSmall(server);
  for (const { socket } of sent) socket.destroy();
  await until(async () => (await ask()).status === 200);
  await server.stop();
});

test('WebSocket messages that stay half sent share it', async () => {
  const server = await NetworkServer.start({ settings: { maxMessageBytes: 24 * MIB } });
  const clients: WebSocket[] = [];
  const half = async () => {
    const client = new WebSocket(`ws://127.0.0.1:${server.port}/ws`).on('error', () => undefined);
    clients.push(client);
    await once(client, 'open');
    client.send('x'.repeat(15 * MIB), { fin: false });
    return client;
  };
  for (let times = 0; times < 3; times += 1) {
    const client = await half();
    client.ping();
    await once(client, 'pong'); // what came before it is there by now
  }
  const [code] = await once(await half(), 'close');
  assert.is(code, 1013);
  assert.equal(
    clients.map(({ readyState }) => readyState === WebSocket.OPEN),
    [true, true, true, false],
  );
  expectSmall(server);
  for (const client of clients) client.terminate();
  await server.stop();
});

const big = (id: number) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name: 'big', arguments: { bytes: 9_000_000 } },
});
const twice = [big(1), big(2)]; // more than one answer may have, so that they come one by one
const GREEDY = 8;

/** A client that reads nothing of an answer. */
interface Greedy {
  /** Reads on. @returns whether all of it comes */
  readAll(): Promise<boolean>;
  close(): void;
}

/** Asks for 9 or 18 MB, and reads none of it. */
const greedy: Readonly<Record<string, (server: NetworkServer) => Promise<Greedy>>> = {
  'sessions of Streamable HTTP': async ({ port }) => {
    const session = await HttpSession.open(new HttpClient(port), '2025-03-26');
    return leaveUnread(await session.post(twice));
  },
  'requests of the modern era': async ({ port }) =>
    leaveUnread(
      await new HttpClient(port).modern('tools/call', { name: 'big', arguments: { bytes: 9_000_000 } }),
    ),
  'streams of HTTP+SSE': async ({ port }) => {
    const client = new HttpClient(port);
    const stream = await client.ask({ method: 'GET', path: '/sse' });
    const { data: path } = await stream.untilEvent(({ event }) => event === 'endpoint');
    const post = async (body: unknown) =>
      await (await client.ask({ path, headers: jsonHeaders, body })).ended;
    await post(initialize('2025-03-26'));
    await stream.until(({ id }) => id === 'init');
    stream.pause();
    await post(twice);
    return {
      readAll: () => {
        stream.resume();
        return isFulfilled(stream.untilEvent(({ data }) => data.startsWith('{"jsonrpc":"2.0","id":2')));
      },
      close: () => stream.close(),
    };
  },
  WebSockets: async ({ port }) => {
    const client = await WebSocketClient.open(port, '2025-03-26');
    client.socket.pause();
    client.send(twice);
    return {
      readAll: () => {
        client.socket.resume();
        return isFulfilled(client.until(({ id }) => id === 2));
      },
      close: () => client.socket.terminate(),
    };
  },
};

function leaveUnread(answer: HttpAnswer): Greedy {
  answer.pause();
  return {
    readAll: async () => {
      answer.resume();
      return (await answer.ended) === 'whole';
    },
    close: () => answer.close(),
  };
}

const isFulfilled = (promise: Promise<unknown>) =>
  promise.then(
    () => true,
    () => false,
  );

for (const [what, ask] of Object.entries(greedy)) {
  test(`${what} that are never read have a budget, and who reads is served meanwhile`, async () => {
    const server = await NetworkServer.start();
    const reader = await HttpSession.open(new HttpClient(server.port));
    const unread: Greedy[] = [];
    for (let times = 0; times < GREEDY; times += 1) {
      unread.push(await ask(server));
      assert.equal((await (await reader.request(times, 'ping')).json()).result, {});
    }
    assert.is(await unread.at(-1)?.readAll(), true, 'the last has the budget now');
    assert.is(await unread[0]?.readAll(), false, 'those before it were cut off');
    const { result } = await (await reader.call('whole', 'big', { bytes: 9_000_000 })).json();
    assert.is(result.content[0].text.length, 9_000_000);
    expectSmall(server);
    for (const one of unread) one.close();
    await server.stop();
  });
}

test.run();
