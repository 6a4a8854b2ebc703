import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { HttpConnection } from '../network/http-connection.ts';
import { legacyPost, modernPost, openSession } from '../network/messages.ts';
import type { Running } from '../network/servers.ts';
import type { Attack } from './attack.ts';
import { messages } from './messages.ts';

const MIB = 1024 * 1024;
const PATIENCE_MS = 10_000;
const HEAD =
  'POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n';

/** One-byte chunks: what goes over the wire is six times the body. */
const CHUNKS = Buffer.from('1\r\n \r\n'.repeat(20_000));
const WIRE_BYTES = 111 * MIB;

const ADDRESSES = 8;
const ROUNDS = 3;
const HALF_SENT = 40;
const SESSIONS = 30;
const ECHO_BYTES = 9 * MIB;

async function open({ port }: Running, localAddress = '127.0.0.1'): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', localAddress }).on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** Settles when it is written, or can't be, or nobody reads it for long. */
async function send(socket: Socket, bytes: Buffer): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, PATIENCE_MS);
  socket.write(bytes, () => resolve());
  await promise;
  clearTimeout(timer);
}

async function post(server: Running, body: Buffer): Promise<void> {
  const socket = await open(server);
  const answered = Promise.race([once(socket, 'data'), once(socket, 'close'), wait(PATIENCE_MS)]);
  await send(socket, Buffer.concat([Buffer.from(`${HEAD}Content-Length: ${body.length}\r\n\r\n`), body]));
  await answered;
  socket.destroy();
}

async function overWebSocket({ port }: Running, body: Buffer): Promise<void> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, ['mcp']).on('error', () => undefined);
  await once(socket, 'open');
  const answered = Promise.race([once(socket, 'message'), once(socket, 'close'), wait(PATIENCE_MS)]);
  socket.send(body.toString());
  await answered;
  socket.terminate();
}

async function smallChunks(server: Running): Promise<void> {
  const socket = await open(server);
  let isRead = true;
  socket.on('close', () => {
    isRead = false;
  });
  const giveUp = performance.now() + PATIENCE_MS;
  await send(socket, Buffer.from(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`));
  for (let sent = 0; isRead && sent < WIRE_BYTES && performance.now() < giveUp; sent += CHUNKS.length)
    await send(socket, CHUNKS);
  socket.destroy();
}

async function halfSent(server: Running): Promise<void> {
  const half = Buffer.alloc(10 * MIB, ' ');
  const sockets = await Promise.all(Array.from({ length: HALF_SENT }, () => open(server)));
  const sending = sockets.map((socket) =>
    send(socket, Buffer.concat([Buffer.from(`${HEAD}Content-Length: ${2 * half.length}\r\n\r\n`), half])),
  );
  await Promise.race([Promise.all(sending), wait(PATIENCE_MS)]);
  for (const socket of sockets) socket.destroy();
}

/** From as many addresses as have room at once, each with messages of its own: whatever one may send, all send together. */
async function fromManyAddresses(server: Running, request: Buffer): Promise<void> {
  const addresses = Array.from({ length: ADDRESSES }, (_, at) => `127.0.0.${at + 2}`);
  await Promise.all(
    addresses.map(async (address) => {
      for (let round = 0; round < ROUNDS; round++) {
        const socket = await open(server, address);
        const answered = Promise.race([
          once(socket.resume(), 'end'),
          once(socket, 'close'),
          wait(PATIENCE_MS),
        ]);
        await send(socket, request);
        await answered;
        socket.destroy();
      }
    }),
  );
}

const call = (name: string, args: object) =>
  Buffer.from(modernPost(1, 'tools/call', { name, arguments: args }, name, { Connection: 'close' }));

const MIXED = 'plain, größer, 漢字 and 😀; ';
const manyCalls: readonly (readonly [string, () => Buffer])[] = [
  [
    'echoes of 21 MB of mixed text',
    () => call('echo', { message: MIXED.repeat((21 * MIB) / Buffer.byteLength(MIXED)) }),
  ],
  ['echoes of 22 MB of CJK', () => call('echo', { message: '漢'.repeat((22 * MIB) / 3) })],
  ['writes of 15 MB', () => call('write_file', { path: 'any', content: 'é'.repeat((15 * MIB) / 2) })],
  [
    'objects of 90,000 long names',
    () =>
      call(
        'echo',
        Object.fromEntries(Array.from({ length: 90_000 }, (_, at) => [`${at}`.padEnd(240, 'n'), at])),
      ),
  ],
];

async function longEchoes({ port }: Running): Promise<void> {
  const giveUp = performance.now() + 2 * PATIENCE_MS;
  const params = { name: 'echo', arguments: { message: 'x'.repeat(ECHO_BYTES) } };
  for (let session = 0; session < SESSIONS && performance.now() < giveUp; session++) {
    const connection = await HttpConnection.open(port);
    const headers = await openSession(connection);
    const answered = connection.request(legacyPost(session, 'tools/call', params, headers));
    await Promise.race([answered, wait(PATIENCE_MS)]);
    connection.close();
  }
}

const longText = () =>
  Buffer.from(`{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":"${'x'.repeat(23 * MIB)}"}}`);

const longBody: Attack = { what: 'a body of 23 MiB', run: (server) => post(server, longText()) };
const longFrame: Attack = {
  what: 'a WebSocket message of 23 MiB',
  run: (server) => overWebSocket(server, longText()),
};
const echoes: Attack = { what: `echoes of 9 MB in ${SESSIONS} sessions`, run: longEchoes };

export const networkAttacks: readonly Attack[] = [
  ...[longBody, longFrame].map((attack) => ({ ...attack, floor: attack })),
  ...messages.flatMap(([what, message]) => [
    { what: `${what}, over HTTP`, run: (server: Running) => post(server, message()), floor: longBody },
    {
      what: `${what}, over WebSocket`,
      run: (server: Running) => overWebSocket(server, message()),
      floor: longFrame,
    },
  ]),
  { what: '111 MB of one-byte chunks', run: smallChunks },
  { what: `${HALF_SENT} half-sent bodies`, run: halfSent },
  { ...echoes, floor: echoes },
  ...manyCalls.map(([what, request]) => ({
    what: `${what}, from ${ADDRESSES} addresses`,
    run: (server: Running) => fromManyAddresses(server, request()),
    floor: echoes,
  })),
];
