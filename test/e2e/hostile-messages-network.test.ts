// deadline: 400
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { expectLittleMemory, hostileMessages } from '../support/hostile-messages.ts';
import { HttpClient, initialize } from '../support/http-client.ts';
import { killProductServers, startProduct } from '../support/product-server.ts';
import { WebSocketClient } from '../support/web-socket-client.ts';

const test = suite('hostile messages from the network');
test.after(killProductServers);

const product = await startProduct({}, 'binary');
const http = new HttpClient(product.port);
const POSTED = { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' };
const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };

async function overWebSocket(message: Buffer) {
  const client = await WebSocketClient.open(product.port, '2025-03-26');
  client.socket.send(message, { binary: false });
  const frame = await client.until(({ id }) => id === 7 || id === undefined);
  assert.equal((await client.request(1, 'ping')).result, {});
  client.socket.close();
  return frame;
}

async function overHttp(message: Buffer) {
  const opened = await http.ask({ headers: POSTED, body: initialize('2025-03-26') });
  const headers = { ...POSTED, 'Mcp-Session-Id': String(opened.headers['mcp-session-id']) };
  await http.ask({ headers, body: { jsonrpc: '2.0', method: 'notifications/initialized' } });
  const frame = await (await http.ask({ headers, body: message })).json();
  assert.equal((await (await http.ask({ headers, body: ping })).json()).result, {});
  return frame;
}

async function overSse(message: Buffer) {
  const stream = await http.ask({ method: 'GET', path: '/sse' });
  const { data: path } = await stream.untilEvent(({ event }) => event === 'endpoint');
  const post = (body: unknown) => http.ask({ path, headers: POSTED, body });
  await post(initialize('2025-03-26'));
  await stream.until(({ id }) => id === 'init');
  await post(message);
  const frame = await stream.until(({ id }) => id === 7 || id === undefined);
  await post(ping);
  await stream.until(({ id }) => id === 1);
  stream.close();
  return frame;
}

const transports = { WebSocket: overWebSocket, HTTP: overHttp, 'HTTP+SSE': overSse };
const other = await WebSocketClient.open(product.port);
let pings = 0;

/** Every kind once, on one transport after the other. */
for (const [at, { what, make, code }] of hostileMessages.entries()) {
  const [name, send] = Object.entries(transports)[at % 3] as [string, typeof overHttp];
  test(`20 MiB of ${what} over ${name} harm nobody`, async () => {
    const { error, result } = await send(make(20 * 1024 * 1024));
    assert.is(error?.data.code, code);
    if (code === undefined) assert.ok(result.isError);
    pings += 1;
    assert.equal((await other.request(pings, 'ping')).result, {});
    expectLittleMemory(product.process);
  });
}

test('a message over 24 MiB is refused', async () => {
  const answer = await http.ask({ headers: POSTED, body: Buffer.alloc(24 * 1024 * 1024 + 1, ' ') });
  assert.is(answer.status, 413);
});

const separators = 'a\u0085b\u2028c\u2029d';
const echo = {
  jsonrpc: '2.0',
  id: 7,
  method: 'tools/call',
  params: { name: 'echo', arguments: { message: separators } },
};

test('no line separator leaves raw', async () => {
  const texts: string[] = [];
  const client = await WebSocketClient.open(product.port);
  client.socket.on('message', (data) => texts.push(String(data)));
  client.send(echo);
  assert.is((await client.until(({ id }) => id === 7)).result.content[0].text, `Echo: ${separators}`);
  client.socket.close();
  const stream = await http.ask({ method: 'GET', path: '/sse' });
  const { data: path } = await stream.untilEvent(({ event }) => event === 'endpoint');
  await http.ask({ path, headers: POSTED, body: initialize('2024-11-05') });
  await http.ask({ path, headers: POSTED, body: echo });
  await stream.until(({ id }) => id === 7);
  texts.push(stream.text);
  stream.close();
  const opened = await http.ask({ headers: POSTED, body: initialize('2025-11-25') });
  const headers = { ...POSTED, 'Mcp-Session-Id': String(opened.headers['mcp-session-id']) };
  const answer = await http.ask({ headers, body: echo });
  await answer.ended;
  texts.push(answer.text);
  assert.is(texts.length, 3);
  for (const text of texts) assert.match(text, 'a\\u0085b\\u2028c\\u2029d');
});

test.run();
