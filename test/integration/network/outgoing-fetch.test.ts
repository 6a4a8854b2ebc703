import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createSocketServer, type Socket } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { outgoingFetch } from '../../../src/infrastructure/network/outgoing-fetch.ts';
import { ConnectProxy } from '../../support/connect-proxy.ts';
import { failureOf } from '../../support/failure.ts';
import { authorityPath, localhostTls } from '../../support/tls-fixture.ts';

// Does as NODE_EXTRA_CA_CERTS would for a process that is yet to start.
setDefaultCACertificates([...getCACertificates('default'), readFileSync(authorityPath, 'utf8')]);

const seen: { headers: IncomingMessage['headers']; body: string; aborted: Promise<void> }[] = [];
const target = createTlsServer(localhostTls, async (request, response) => {
  const aborted = new Promise<void>((resolve) => response.on('close', resolve));
  let body = '';
  for await (const piece of request) body += piece;
  seen.push({ headers: request.headers, body, aborted });
  if (request.url === '/empty') return void response.writeHead(204).end();
  response.writeHead(200, { 'content-type': 'text/plain' });
  response.write('first, ');
  if (request.url === '/breaks') return void setImmediate(() => response.destroy());
  if (request.url !== '/hangs') response.end('last');
});
await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
const authority = `localhost:${(target.address() as AddressInfo).port}`;
const proxy = await ConnectProxy.start('user:pass word');

const test = suite('outgoingFetch');
test.before.each(() => {
  seen.length = 0;
  proxy.passed.length = 0;
});
test.after(async () => {
  target.closeAllConnections();
  target.close();
  await proxy.close();
});

const proxyUrl = `http://user:pass%20word@127.0.0.1:${proxy.port}`;

test('fetch is Node.js’s own where no proxy is set', () => {
  assert.is(outgoingFetch({}), fetch);
  assert.is(outgoingFetch({ HTTPS_PROXY: '', NO_PROXY: '*' }), fetch);
});

for (const name of ['HTTPS_PROXY', 'https_proxy']) {
  test(`a request goes through the proxy that ${name} names`, async () => {
    const response = await outgoingFetch({ [name]: proxyUrl })(`https://${authority}/path`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-own': 'yes' },
      body: '{"é":1}',
    });
    assert.is(response.status, 200);
    assert.is(response.headers.get('content-type'), 'text/plain');
    assert.is(await response.text(), 'first, last');
    assert.equal(proxy.passed, [authority]);
    const [{ headers = {}, body = '' } = {}] = seen;
    assert.is(body, '{"é":1}');
    assert.is(headers['x-own'], 'yes');
    assert.is(headers['content-type'], 'application/json');
    assert.is(headers['proxy-authorization'], undefined);
  });
}

test('a request goes past the proxy to what NO_PROXY names', async () => {
  const own = outgoingFetch({ HTTPS_PROXY: proxyUrl, NO_PROXY: 'example.com,localhost' });
  assert.is(await (await own(`https://${authority}/`)).text(), 'first, last');
  assert.equal(proxy.passed, []);
});

test('a request goes through the proxy of HTTP_PROXY without encryption', async () => {
  const own = outgoingFetch({ HTTP_PROXY: `http://127.0.0.1:${proxy.port}` });
  const response = await own('http://example.invalid/path?q');
  assert.is(await response.text(), 'by the proxy');
  assert.equal(response.headers.getSetCookie(), ['a=1', 'b=2']);
  assert.equal(proxy.passed, ['http://example.invalid/path?q']);
});

test('a request takes an answer without a body', async () => {
  const response = await outgoingFetch({ HTTPS_PROXY: proxyUrl })(`https://${authority}/empty`);
  assert.equal([response.status, response.body], [204, null]);
});

test('a request fails with the code of what went wrong', async () => {
  const codeOf = async (environment: NodeJS.ProcessEnv, url = `https://${authority}/`) =>
    await outgoingFetch(environment)(url).then(
      () => 'none',
      (error: NodeJS.ErrnoException) => error.code,
    );
  assert.is(await codeOf({ HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` }), 'ERR_PROXY_TUNNEL');
  assert.is(await codeOf({ HTTPS_PROXY: `http://127.0.0.1:${await closedPort()}` }), 'ECONNREFUSED');
  assert.is(await codeOf({ HTTPS_PROXY: 'http://user:secret@:x' }), 'ERR_PROXY_INVALID_CONFIG');
});

test('a request fails when the body breaks off', async () => {
  const response = await outgoingFetch({ HTTPS_PROXY: proxyUrl })(`https://${authority}/breaks`);
  const error = await response.text().catch((reason: NodeJS.ErrnoException) => reason);
  assert.is((error as NodeJS.ErrnoException).code, 'ECONNRESET');
});

test('a request ends the connection when it is cancelled, before and after the headers', async () => {
  const own = outgoingFetch({ HTTPS_PROXY: proxyUrl });
  const early = own(`https://${authority}/`, { signal: AbortSignal.abort() });
  assert.is(await early.catch((error: Error) => error.name), 'AbortError');
  const controller = new AbortController();
  const response = await own(`https://${authority}/hangs`, { signal: controller.signal });
  controller.abort();
  assert.instance(await failureOf(response.text()), Error);
  await seen[0]?.aborted;
});

/** Answers that node:http takes and `Response` does not, or that have no end of their own. */
for (const head of [
  '999 Odd',
  '600 Odd',
  '101 Switching\r\nConnection: upgrade\r\nUpgrade: x',
  '400 a\x01b',
  '199 Odd',
]) {
  test(`a request fails when the answer is ${JSON.stringify(head)}`, async () => {
    const bad = createSocketServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(`HTTP/1.1 ${head}\r\nContent-Length: 2\r\n\r\n{}`));
    });
    await new Promise<void>((resolve) => bad.listen(0, '127.0.0.1', resolve));
    const own = outgoingFetch({ HTTP_PROXY: `http://127.0.0.1:${(bad.address() as AddressInfo).port}` });
    const outcome = await own('http://example.invalid/').catch((error: unknown) => error);
    assert.instance(outcome, Error);
    await new Promise((resolve) => bad.close(resolve));
  });
}

/** Answers of a proxy to the request for a tunnel, and the codes of the failures. */
for (const [what, answer, code] of [
  ['answers garbage', (socket: Socket) => socket.end('garbage\r\n\r\n'), 'ERR_PROXY_TUNNEL'],
  [
    'answers a header without an end',
    (socket: Socket) => flood(socket, `x: ${'y'.repeat(1000)}\r\n`),
    'ERR_PROXY_TUNNEL',
  ],
  ['answers in a hundred pieces, and never to the end', drip, undefined],
  ['closes the connection', (socket: Socket) => socket.end(), 'ERR_PROXY_TUNNEL'],
  ['says nothing', () => undefined, undefined],
] as const) {
  test(`a request fails when the proxy ${what}`, async () => {
    const sockets: Socket[] = [];
    const bad = createSocketServer((socket) => {
      sockets.push(socket.on('error', () => undefined));
      socket.once('data', () => answer(socket));
    });
    await new Promise<void>((resolve) => bad.listen(0, '127.0.0.1', resolve));
    const environment = { HTTPS_PROXY: `http://127.0.0.1:${(bad.address() as AddressInfo).port}` };
    const signal = AbortSignal.timeout(1000);
    const error: NodeJS.ErrnoException = await failureOf(
      outgoingFetch(environment)(`https://${authority}/`, { signal }),
    );
    if (code === undefined) assert.is(error, signal.reason);
    else assert.is(error.code, code);
    const [socket] = sockets;
    assert.ok((socket?.bytesWritten ?? 0) < 16 * 1024 * 1024, `${socket?.bytesWritten} bytes were taken`);

    if (socket && !socket.destroyed) await once(socket.resume(), 'close').catch(() => undefined);
    bad.close();
  });
}

/** Each piece alone, and then nothing. */
function drip(socket: Socket): void {
  let pieces = 0;
  socket.setNoDelay(true);
  const timer = setInterval(() => {
    socket.write(`x-${pieces}: y\r\n`);
    pieces += 1;
    if (pieces === 100) clearInterval(timer);
  }, 2);
}

function flood(socket: Socket, piece: string): void {
  socket.write('HTTP/1.1 200 OK\r\n');
  const write = () => {
    while (socket.write(piece) === true);
  };
  socket.on('drain', write);
  write();
}

async function closedPort(): Promise<number> {
  const listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  await new Promise((resolve) => listener.close(resolve));
  return port;
}

test.run();
