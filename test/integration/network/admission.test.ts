import { type EventEmitter, once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { localUser, type Principal } from '../../../src/application/request-context.ts';
import { invalidRequest } from '../../../src/presentation/jsonrpc/rpc-error.ts';
import type { Refusal } from '../../../src/presentation/protocol/http/refusals.ts';
import type { Admission } from '../../../src/presentation/transport/http/admission/admission.ts';
import { OpenConnections } from '../../../src/presentation/transport/http/connections/open-connections.ts';
import type { HttpExchange } from '../../../src/presentation/transport/http/http-exchange.ts';
import { HttpTransport } from '../../../src/presentation/transport/http/http-transport.ts';
import { until } from '../../support/until.ts';

const test = suite('network: admission');

const transports: HttpTransport[] = [];
test.after(async () => {
  for (const transport of transports) await stop(transport);
});

function stop(transport: HttpTransport): Promise<void> {
  const now = Promise.resolve();
  return transport.close({ drain: now, exit: now });
}

interface Opened {
  readonly port: number;
  /** Failures of the server. */
  readonly failures: unknown[];
  /** Stops it, without waiting for anybody. */
  readonly close: () => Promise<void>;
}

interface Edge {
  readonly admit: Admission['admit'];
  readonly isFull?: boolean;
  readonly maxConnections?: number;
  readonly handle?: (exchange: HttpExchange) => Promise<void>;
}

/** A server with this admission, an endpoint at /echo, and one that is no HTTP at /ws. */
async function open({ admit, isFull = false, ...edge }: Edge): Promise<Opened> {
  const { maxConnections = 10, handle = async () => undefined } = edge;
  const failures: unknown[] = [];
  const transport = new HttpTransport({
    host: '127.0.0.1',
    port: 0,
    allowed: { hosts: ['localhost'], origins: [] },
    endpoints: new Map([['/echo', { handle }]]),
    upgrades: new Map([
      ['/ws', { makeRoomFor: () => !isFull, upgrade: (_, socket) => void socket.end('upgraded') }],
    ]),
    connections: new OpenConnections(),
    maxConnections,
    admission: {
      admit,
      countMessages: (_, count) => ({ count, waitMs: 0 }),
      isStillAuthorized: () => true,
      mayReturn: () => false,
    },
    onRefused: () => undefined,
    onFailure: (error) => failures.push(error),
  });
  transports.push(transport);
  return { port: (await transport.listen()).port, failures, close: () => stop(transport) };
}

const get = (path: string, more = '') => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`;
const upgrade = get('/ws', 'Connection: Upgrade\r\nUpgrade: websocket\r\n');

function send(port: number, message: string): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined); // a connection that the server resets is closed as well
  socket.write(message);
  return socket;
}

const unauthenticated: Refusal = { status: 401, error: invalidRequest('Who are you?') };

for (const spelling of ['websocket', 'WebSocket']) {
  test(`the server lets who is admitted leave HTTP by "Upgrade: ${spelling}"`, async () => {
    const { port } = await open({ admit: () => localUser });
    assert.is(await text(send(port, upgrade.replace('websocket', spelling))), 'upgraded');
  });
}

test('the server closes the connection of a refused upgrade: nothing else can follow on it', async () => {
  const { port } = await open({ admit: () => unauthenticated });
  assert.match(await text(send(port, upgrade)), /^HTTP\/1\.1 401 /);
});

test('an unauthenticated request is not told that there is no room', async () => {
  const full = { isFull: true };
  const { port } = await open({ ...full, admit: () => unauthenticated });
  assert.match(await text(send(port, upgrade)), /^HTTP\/1\.1 401 /);
  const known = await open({ ...full, admit: () => localUser });
  const refused = await text(send(known.port, upgrade));
  assert.match(refused, /^HTTP\/1\.1 503 .*\r\nRetry-After: 60\r\n/is);
});

test('lives on when who wants to leave HTTP is gone before it is decided', async () => {
  const { promise: decided, resolve: decide } = Promise.withResolvers<Principal | Refusal>();
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
  const { port, failures } = await open({
    admit: ({ url }) => {
      if (url !== '/ws') return localUser;
      ask();
      return decided;
    },
    handle: async ({ response }) => void response.end('here'),
  });
  const socket = send(port, upgrade);
  await asked;
  socket.resetAndDestroy();
  await once(socket, 'close');
  decide(unauthenticated);
  assert.match(await text(send(port, get('/echo', 'Connection: close\r\n'))), /here$/);
  assert.equal(failures, []);
});

for (const [what, message] of [
  ['a request', get('/echo')],
  ['an upgrade', upgrade],
] as const) {
  test(`the server closes the connection of ${what} that nobody could decide about, and tells of it`, async () => {
    const broken = new Error('The store of keys is gone');
    const { port, failures } = await open({ admit: () => Promise.reject(broken) });
    assert.is(await text(send(port, message)), '');
    assert.equal(failures, [broken]);
  });
}

test('the server closes the connection of a request whose handling failed, and tells of it', async () => {
  const broken = new Error('A mistake of ours');
  const { port, failures } = await open({
    admit: () => localUser,
    handle: async () => Promise.reject(broken),
  });
  assert.is(await text(send(port, get('/echo'))), '');
  assert.equal(failures, [broken]);
});

test('the server tells of a connection that the system could not hand over, and goes on', async () => {
  const broken = new Error('accept EMFILE');
  const { port, failures } = await open({
    admit: () => localUser,
    handle: async ({ request, response }) => {
      // Does as node:net does then: https://github.com/nodejs/node/blob/v22.x/lib/net.js, `onconnection`.
      const { server } = request.socket as unknown as { server: EventEmitter };
      if (failures.length === 0) server.emit('error', broken);
      response.end('here');
    },
  });
  for (let times = 0; times < 2; times += 1)
    assert.match(await text(send(port, get('/echo', 'Connection: close\r\n'))), /here$/);
  assert.equal(failures, [broken]);
});

test('the server closes what is still open at the deadline, half a request included, and takes no more', async () => {
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
  const { port, close } = await open({ admit: () => localUser, handle: async () => ask() });
  const half = send(port, 'GET /echo HTTP/1.1\r\n');
  await once(half, 'connect');
  const waiting = send(port, get('/echo'));
  await asked;
  const closed = [half, waiting].map((each) => once(each, 'close'));
  await close();
  await Promise.all(closed);
  const [error] = await once(connect(port, '127.0.0.1'), 'error');
  assert.is(error.code, 'ECONNREFUSED');
});

test('the server closes a connection that is idle, or brings half a request, for one more', async () => {
  const handle = async ({ response }: HttpExchange) => void response.end('here');
  const { port } = await open({ admit: () => localUser, handle, maxConnections: 2 });
  const idle = send(port, get('/echo'));
  await once(idle, 'data');
  const half = send(port, 'GET /echo HTTP/1.1\r\n');
  await once(half, 'connect');
  const closed = [idle, half].map((each) => once(each, 'close'));
  for (let times = 0; times < 2; times += 1) {
    const busy = send(port, get('/echo'));
    assert.match(String((await once(busy, 'data'))[0]), /here$/);
    await closed[times];
  }
});

test('the server ends the oldest answer of whoever has most for who has none, and refuses one more of who has', async () => {
  const admit: Admission['admit'] = ({ headers }) => {
    const id = String(headers['x-id']);
    return { ...localUser, id };
  };
  const handle = async ({ response }: HttpExchange) => void response.write('here');
  const { port } = await open({ admit, handle, maxConnections: 5 });
  const ask = async (id: string) => {
    const socket = send(port, get('/echo', `X-Id: ${id}\r\n`));
    return { socket, head: String((await once(socket, 'data'))[0]).slice(0, 12) };
  };
  const asked: Awaited<ReturnType<typeof ask>>[] = [];
  for (let times = 0; times < 4; times += 1) asked.push(await ask('ada'));
  assert.is((await ask('ada')).head, 'HTTP/1.1 503');
  const [first] = asked;
  const ended = once(first?.socket as Socket, 'close');
  assert.is((await ask('bob')).head, 'HTTP/1.1 200');
  await ended;
});

test('the server takes no more connections than it may, and one again when another is closed', async () => {
  const handle = async ({ response }: HttpExchange) => {
    response.write('here');
    if (response.req.headers.connection === 'close') response.end();
  };
  const { port } = await open({ admit: () => localUser, handle, maxConnections: 1 });
  const only = send(port, get('/echo'));
  await once(only, 'data');
  assert.is(await text(connect(port, '127.0.0.1')), '');
  only.destroy();
  const last = get('/echo', 'Connection: close\r\n');
  await until(async () => (await text(send(port, last)).catch(() => '')).includes('here'));
});

test.run();
