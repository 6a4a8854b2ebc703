import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  type HttpAsk,
  HttpClient,
  HttpSession,
  initialize,
  jsonHeaders,
  modernHeaders,
} from '../support/http-client.ts';
import { killNetworkServers, NetworkServer } from '../support/network-server.ts';
import { modernMeta } from '../support/server-process.ts';
import { WebSocketClient } from '../support/web-socket-client.ts';

const test = suite('http: habits of clients');
test.after(killNetworkServers);

const server = await NetworkServer.start();
const client = new HttpClient(server.port);

const body = JSON.stringify(initialize());
const post = { headers: jsonHeaders, body };
const asEventStream = { Accept: 'text/event-stream' };
const BOM = '\ufeff';

interface Habit extends HttpAsk {
  readonly what: string;
  readonly status: number;
  /** Matches what is answered. */
  readonly says?: RegExp;
  /** Headers that the answer has. */
  readonly has?: Readonly<Record<string, string>>;
}

const habits: readonly Habit[] = [
  // paths
  { what: 'POST with a slash at the end', ...post, path: '/mcp/', status: 200, says: /"protocolVersion"/ },
  { what: 'POST with several', ...post, path: '/mcp//', status: 200, says: /"protocolVersion"/ },
  { what: 'POST with a slash and a query', ...post, path: '/mcp/?x=/', status: 200 },
  { what: 'POST in the absolute form', ...post, path: 'http://localhost/mcp/', status: 200 },
  { what: 'POST to a path below', ...post, path: '/mcp/x', status: 404, says: /GET \/ tells where/ },
  { what: 'DELETE with a slash at the end', method: 'DELETE', path: '/mcp/', status: 400 },
  { what: 'GET with a slash at the end', method: 'GET', path: '/mcp/', headers: asEventStream, status: 400 },
  {
    what: 'a message with a slash at the end',
    ...post,
    path: '/messages/?sessionId=x',
    status: 404,
    says: /sessionId/,
  },
  { what: 'a probe with a slash at the end', method: 'GET', path: '/healthz/', status: 200, says: /^ok$/m },
  // the root
  {
    what: 'GET /',
    method: 'GET',
    path: '/',
    status: 200,
    says: /^http: \/mcp\nsse: \/sse\nwebsocket: \/ws$/m,
  },
  { what: 'GET / with a query', method: 'GET', path: '/?x=1', status: 200, says: /^http: \/mcp$/m },
  {
    what: 'GET / of who takes JSON',
    method: 'GET',
    path: '/',
    headers: { Accept: 'application/json' },
    status: 200,
    says: /^{"name":"tfo-mcp","endpoints":{"http":"\/mcp","sse":"\/sse","websocket":"\/ws"}}$/m,
  },
  { what: 'HEAD /', method: 'HEAD', path: '/', status: 200, says: /^$/ },
  {
    what: 'POST /',
    ...post,
    path: '/',
    status: 405,
    says: /at \/mcp, \/sse, \/ws/,
    has: { allow: 'GET, HEAD' },
  },
  {
    what: 'GET / under a foreign name',
    method: 'GET',
    path: '/',
    headers: { Host: 'evil.example' },
    status: 403,
  },
  // WebSocket without an upgrade
  ...['GET', 'POST'].map((method) => ({
    what: `${method} /ws without an upgrade`,
    method,
    path: '/ws',
    status: 426,
    says: /Upgrade: websocket/,
    has: { upgrade: 'websocket', connection: 'Upgrade' },
  })),
  {
    what: 'an upgrade whose proxy took "Connection" away',
    method: 'GET',
    path: '/ws/',
    headers: { Upgrade: 'websocket', 'Sec-WebSocket-Version': '13' },
    status: 426,
  },
  // bodies
  {
    what: 'a body with a byte order mark',
    ...post,
    body: `${BOM}${body}`,
    status: 200,
    says: /"protocolVersion"/,
  },
  { what: 'a body of a byte order mark alone', ...post, body: BOM, status: 400, says: /-32700/ },
  { what: 'a body with two', ...post, body: `${BOM}${BOM}${body}`, status: 400, says: /-32700/ },
  {
    what: 'a body that is not UTF-8',
    ...post,
    body: Buffer.from(body.replace('"name":"', '"name":"caf\u00e9 '), 'latin1'),
    status: 400,
    says: /"id":"init".*json\.not-utf-8/,
  },
  ...['gzip', 'GZIP', 'br', 'deflate', 'zstd', 'gzip, identity'].map((coding) => ({
    what: `a body in ${coding}`,
    headers: { ...jsonHeaders, 'Content-Encoding': coding },
    body: gzipSync(body),
    status: 415,
    says: new RegExp(`Content-Encoding: ${coding.toLowerCase()}`),
    has: { 'accept-encoding': 'identity' },
  })),
  ...['identity', ' Identity ', ''].map((coding) => ({
    what: `a body as it is, said by "${coding}"`,
    headers: { ...jsonHeaders, 'Content-Encoding': coding },
    body,
    status: 200,
  })),
  // empty values
  ...[
    body.replace('"capabilities":{}', '"capabilities":[]'),
    body.replace('"capabilities":{}', '"capabilities":null'),
    body.replace('"capabilities":{}', '"capabilities":{},"_meta":null'),
  ].map((text) => ({
    what: `the body ${text}`,
    ...post,
    body: text,
    status: 200,
    says: /"protocolVersion"/,
  })),
  {
    what: 'a modern call whose arguments are an empty array',
    headers: modernHeaders('tools/call', { name: 'trace' }),
    body: {
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'trace', arguments: [], _meta: modernMeta() },
    },
    status: 200,
    says: /"content":/,
  },
  // headers
  ...['application/json; charset=utf-8', 'Application/JSON', 'application/json;charset="UTF-8"'].map(
    (type) => ({
      what: `a body of ${type}`,
      headers: { ...jsonHeaders, 'Content-Type': type },
      body,
      status: 200,
    }),
  ),
  ...['1999-01-01', '', '2025-11-25, 2025-11-25', '2025-11'].map((version) => ({
    what: `"initialize" with the revision "${version}" in the header`,
    headers: { ...jsonHeaders, 'MCP-Protocol-Version': version },
    body,
    status: 400,
    says: /"supported":\["2026-07-28"/,
  })),
  ...['2025-11-25', '2024-11-05'].map((version) => ({
    what: `"initialize" with the revision "${version}" in the header`,
    headers: { ...jsonHeaders, 'MCP-Protocol-Version': version },
    body,
    status: 200,
  })),
];

for (const { what, status, says, has = {}, ...ask } of habits) {
  test(`${what}: ${status}`, async () => {
    const answer = await client.ask(ask);
    await answer.ended;
    assert.is(answer.status, status, answer.text);
    if (says) assert.match(answer.text, says);
    for (const [name, value] of Object.entries(has)) assert.is(answer.headers[name], value);
  });
}

test('a body in a coding of the transfer that nobody takes: 501', async () => {
  const socket = connect(server.port, '127.0.0.1');
  const head = [
    'POST /mcp HTTP/1.1',
    'Host: localhost',
    'Content-Type: application/json',
    'Connection: close',
  ];
  socket.write(`${head.join('\r\n')}\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`);
  assert.match(await text(socket), /^HTTP\/1\.1 501 .*Transfer-Encoding: gzip, chunked/s);
});

for (const [method, params] of [
  ['ping', []],
  ['tools/list', []],
  ['tools/list', { cursor: null, _meta: [] }],
  ['tools/call', { name: 'trace', arguments: [], _meta: { progressToken: null } }],
] as const) {
  test(`a session's ${method} with ${JSON.stringify(params)} is answered`, async () => {
    const session = await HttpSession.open(client);
    const answer = await session.request(1, method, params);
    await answer.ended;
    assert.is(answer.status, 200, answer.text);
    assert.not.match(answer.text, /"error":/);
  });
}

test('a session goes on under the path with a slash', async () => {
  const session = await HttpSession.open(client);
  const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
  const pong = await client.ask({ path: '/mcp/', headers: session.headers, body: ping });
  assert.equal(await pong.json(), { jsonrpc: '2.0', id: 1, result: {} });
});

test('a WebSocket message with a byte order mark is taken', async () => {
  const socket = await WebSocketClient.connect(server.port);
  socket.send(`${BOM}{"jsonrpc":"2.0","id":1,"method":"ping"}`);
  assert.equal((await socket.until(({ id }) => id === 1)).result, {});
  socket.socket.close();
});

test('the server ends well after all that', () => server.stop());

test.run();
