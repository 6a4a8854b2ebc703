import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { HttpClient, initialize, jsonHeaders } from '../support/http-client.ts';
import { killNetworkServers, NetworkServer } from '../support/network-server.ts';

const test = suite('http: edge');
test.after(killNetworkServers);

const LIMIT = 1_000_000;
const server = await NetworkServer.start({ settings: { maxMessageBytes: LIMIT } });
const client = new HttpClient(server.port);
const local = { origin: 'http://localhost:8080' };

/** Sends bytes and resolves with all that comes back until the server closes the connection. */
async function exchange(bytes: string): Promise<string> {
  const socket = connect(server.port, '127.0.0.1');
  socket.write(bytes);
  return await text(socket);
}

async function expectServed(): Promise<void> {
  assert.is((await client.modern('tools/list')).status, 200);
}

for (const [what, headers] of [
  ['announced', {}],
  ['in chunks', { 'Transfer-Encoding': 'chunked' }],
] as const) {
  test(`a message that is too long, ${what}: 413, and its client hears of it`, async () => {
    for (const size of [LIMIT + 1, LIMIT * 2]) {
      const answer = await client.ask({
        headers: { ...jsonHeaders, ...headers },
        body: Buffer.alloc(size, ' '),
      });
      assert.is(answer.status, 413);
      assert.is(answer.headers.connection, 'close');
      assert.is((await answer.json()).error.code, -32600);
    }
    await expectServed();
  });
}

test('a message that is too long is answered when its client has done writing, and reads', async () => {
  const socket = connect(server.port, '127.0.0.1');
  const answered = text(socket);
  socket.write(
    `POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${LIMIT * 2}\r\n\r\n`,
  );
  await expectServed();
  await expectServed();
  assert.is(socket.bytesRead, 0);
  socket.write(Buffer.alloc(LIMIT * 2, ' '));
  assert.match(await answered, /^HTTP\/1\.1 413 /);
});

test('a message that announces far too much is not waited for', async () => {
  const head = `POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${LIMIT * 100}\r\n\r\n`;
  assert.match(await exchange(head), /^HTTP\/1\.1 413 /);
  await expectServed();
});

test('a message of the greatest length is taken', async () => {
  const answer = await client.ask({ headers: jsonHeaders, body: JSON.stringify(initialize()).padEnd(LIMIT) });
  assert.is(answer.status, 200);
});

test('headers that are too long: 431', async () => {
  assert.is((await client.ask({ headers: { 'X-Long': 'x'.repeat(20_000) } })).status, 431);
  assert.is((await client.ask({ path: `/${'x'.repeat(20_000)}` })).status, 431);
  await expectServed();
});

test('the server keeps connections longer than proxies do, and says how long', async () => {
  const keeping = new HttpClient(server.port, true);
  assert.is((await keeping.modern('tools/list')).headers['keep-alive'], 'timeout=75');
  keeping.close();
});

test('what is no HTTP: 400', async () => {
  assert.match(await exchange('hello\r\n\r\n'), /^HTTP\/1\.1 400 /);
  assert.match(await exchange('GET /mcp HTTP/1.1\r\n\r\n'), /^HTTP\/1\.1 400 /, 'without a host');
  await expectServed();
});

const GOOD = 'Host: localhost';
const EVIL = 'Host: evil.example';
const BEARER = 'Authorization: Bearer a';
const WEBSOCKET = 'Connection: Upgrade\r\nUpgrade: websocket\r\n';

for (const [what, target, headers, status] of [
  ['two hosts, the good one first', '/', [GOOD, EVIL], 400],
  ['two hosts, the good one last', '/', [EVIL, GOOD], 400],
  ['one host twice', '/', [GOOD, GOOD], 400],
  ['one host twice, in other letters', '/', [GOOD, 'HOST: localhost'], 400],
  ['two hosts for a probe', '/livez', [GOOD, EVIL], 400],
  ['two hosts for a path that is not there', '/nope', [GOOD, EVIL], 400],
  ['two hosts and a host in its target', 'http://localhost/', [GOOD, EVIL], 400],
  ['two hosts for a WebSocket', '/ws', [GOOD, EVIL, WEBSOCKET], 400],
  ['two credentials', '/', [GOOD, BEARER, BEARER], 400],
  ['a foreign host in its target', 'http://evil.example/', [GOOD], 403],
  ['a foreign host in its target, and its port', 'http://evil.example:80/', [GOOD], 403],
  ['a foreign host in its target, in other letters', 'HTTP://EVIL.example/', [GOOD], 403],
  ['a foreign host in its target, by HTTPS', 'https://evil.example/', [GOOD], 403],
  ['a foreign host in its target with a user', 'http://localhost@evil.example/', [GOOD], 403],
  ['a foreign host in its target without a path', 'http://evil.example', [GOOD], 403],
  ['a foreign host in its target with a query', 'http://evil.example?localhost', [GOOD], 403],
  ['no host in its target', 'http:///', [GOOD], 403],
  ['a foreign host in its target for a WebSocket', 'http://evil.example/ws', [GOOD, WEBSOCKET], 403],
  ['a good host in its target', 'http://localhost/', [GOOD], 200],
  ['a good host in its target, which counts', 'http://localhost:8080/', [EVIL], 200],
  ['one host', '/', [GOOD], 200],
] as const) {
  test(`a request with ${what} gets ${status}`, async () => {
    const close = headers.some((header) => header === WEBSOCKET) ? [] : ['Connection: close'];
    const head = [`GET ${target} HTTP/1.1`, ...headers, ...close].join('\r\n').trimEnd();
    assert.match(await exchange(`${head}\r\n\r\n`), new RegExp(`^HTTP/1\\.1 ${status} `));
    await expectServed();
  });
}

test('a request that breaks off leaves nothing behind', async () => {
  const socket = connect(server.port, '127.0.0.1');
  await new Promise<void>((resolve) =>
    socket.write(
      'POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{',
      () => resolve(),
    ),
  );
  socket.destroy();
  await expectServed();
});

test('an offer to go on in HTTP/2 is declined: the request is served', async () => {
  const body = JSON.stringify(initialize());
  const head = [
    'POST /mcp HTTP/1.1',
    'Host: localhost',
    'Connection: Upgrade, HTTP2-Settings, close',
    'Upgrade: h2c',
    'HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA',
    'Content-Type: application/json',
    'Accept: application/json, text/event-stream',
    `Content-Length: ${body.length}`,
  ].join('\r\n');
  assert.match(await exchange(`${head}\r\n\r\n${body}`), /^HTTP\/1\.1 200 .*"protocolVersion":"2025-11-25"/s);
});

test('pages of allowed origins may read the answers, refusals included', async () => {
  for (const ask of [
    { headers: { ...jsonHeaders, ...local }, body: initialize() },
    { path: '/nope', headers: local },
  ]) {
    const { headers } = await client.ask(ask);
    assert.is(headers['access-control-allow-origin'], local.origin);
    assert.is(headers['access-control-expose-headers'], 'Mcp-Session-Id, WWW-Authenticate, Retry-After');
    assert.is(headers.vary, 'Origin');
  }
  const foreign = await client.ask({
    headers: { ...jsonHeaders, Origin: 'http://evil.example' },
    body: initialize(),
  });
  assert.is(foreign.headers['access-control-allow-origin'], undefined);
});

test('a browser may ask first', async () => {
  const asked = {
    'Access-Control-Request-Method': 'POST',
    'Access-Control-Request-Headers': 'content-type, mcp-param-region',
  };
  const allowed = await client.ask({ method: 'OPTIONS', headers: { ...local, ...asked } });
  assert.is(allowed.status, 204);
  assert.is(allowed.headers['access-control-allow-origin'], local.origin);
  assert.is(allowed.headers['access-control-allow-methods'], 'GET, POST, DELETE');
  assert.is(allowed.headers['access-control-allow-headers'], 'content-type, mcp-param-region');
  assert.is(allowed.headers['access-control-max-age'], '7200');
  const foreign = await client.ask({
    method: 'OPTIONS',
    headers: { Origin: 'http://evil.example', ...asked },
  });
  assert.is(foreign.status, 403);
});

test('a browser that asks for no headers is given none, and nothing else passes for a question', async () => {
  const asked = { ...local, 'Access-Control-Request-Method': 'DELETE' };
  const allowed = await client.ask({ method: 'OPTIONS', headers: asked });
  assert.equal([allowed.status, allowed.headers['access-control-allow-headers']], [204, undefined]);
  assert.is((await client.ask({ method: 'DELETE', headers: asked })).status, 400);
  assert.is((await client.ask({ method: 'OPTIONS', headers: local })).status, 405);
});

for (const path of ['/healthz', '/livez', '/readyz']) {
  test(`${path} answers everybody, by whatever name`, async () => {
    const headers = { Host: 'some.balancer', Origin: 'http://evil.example' };
    const brief = await client.ask({ method: 'GET', path, headers });
    await brief.ended;
    assert.equal([brief.status, brief.text], [200, 'ok\n']);
    const verbose = await client.ask({ method: 'GET', path: `${path}?verbose`, headers });
    const { status, checks } = await verbose.json();
    assert.is(status, 'ok');
    assert.ok(checks.every((check: { status: string }) => check.status === 'ok'));
    assert.is((await client.ask({ method: 'POST', path, headers })).status, 405);
  });
}

test('the server ends well after all that', () => server.stop());

test.run();
