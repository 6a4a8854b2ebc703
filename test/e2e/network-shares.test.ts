import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type HttpAnswer, HttpClient, initialize, jsonHeaders } from '../support/http-client.ts';
import { killProductServers, startProduct } from '../support/product-server.ts';
import { runProduct } from '../support/run-product.ts';
import { WebSocketClient } from '../support/web-socket-client.ts';

const test = suite('network: shares');

const folder = mkdtempSync(join(tmpdir(), 'tfo-mcp-network-shares-'));
test.after(() => {
  killProductServers();
  rmSync(folder, { recursive: true });
});

const MOST = 20;
const keys = { TELEMETRYFLOW_MCP_SECURITY_API_KEYS_FILE: join(folder, 'keys.json') };
const newKey = () => ({
  Authorization: `Bearer ${runProduct(['keys', 'create', '--name', 'test', '--scope', '*'], keys).stdout.trim()}`,
});
const [ada, bob] = [newKey(), newKey()];
const env = {
  ...keys,
  TELEMETRYFLOW_MCP_SERVER_MAX_SESSIONS: `${MOST}`,
  TELEMETRYFLOW_MCP_SECURITY_RATE_LIMIT_BURST: '1000',
};

type Headers = Readonly<Record<string, string>>;

async function openSession(client: HttpClient, key: Headers): Promise<Headers> {
  const headers = { ...jsonHeaders, ...key };
  const { headers: got, status } = await client.ask({ headers, body: initialize() });
  return status === 200
    ? { ...headers, 'Mcp-Session-Id': String(got['mcp-session-id']) }
    : { status: `${status}` };
}

const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };

test('one key’s sessions end none of another’s, however many it opens', async () => {
  const client = new HttpClient((await startProduct({ env })).port);
  const idle = await openSession(client, bob);
  const opened: Headers[] = [];
  for (let times = 0; times < MOST + 5; times += 1) opened.push(await openSession(client, ada));
  assert.is((await client.ask({ headers: idle, body: ping })).status, 200);
  assert.is(
    (await client.ask({ headers: opened[0] as Headers, body: ping })).status,
    404,
    'its own oldest went',
  );
  assert.is((await client.ask({ headers: opened.at(-1) as Headers, body: ping })).status, 200);
});

test('one key’s streams leave room for another’s session: the oldest of them ends', async () => {
  const client = new HttpClient((await startProduct({ env })).port);
  const streams: HttpAnswer[] = [];
  for (let times = 0; times < MOST; times += 1) {
    const headers = await openSession(client, ada);
    streams.push(await client.ask({ method: 'GET', headers }));
  }
  assert.equal(await openSession(client, ada), { status: '503' });
  const session = await openSession(client, bob);
  assert.is((await client.ask({ headers: session, body: ping })).status, 200);
  assert.is(await streams[0]?.ended, 'whole');
  for (const stream of streams) stream.close();
});

test('so do its subscriptions of the modern era', async () => {
  const client = new HttpClient((await startProduct({ env })).port);
  const listen = (headers: Headers) =>
    client.modern('subscriptions/listen', { notifications: { toolsListChanged: true } }, { headers });
  const streams: HttpAnswer[] = [];
  for (let times = 0; times < MOST; times += 1) streams.push(await listen(ada));
  const refused = await listen(ada);
  assert.equal([refused.status, refused.headers['retry-after'], (await refused.json()).id], [503, '60', 1]);
  streams.push(await listen(bob));
  assert.is(await streams[0]?.ended, 'whole');
  assert.is(streams[0]?.frames.find(({ id }) => id === 1)?.result.resultType, 'complete');
  for (const stream of streams) {
    assert.is(stream.status, 200);
    stream.close();
  }
});

test('so do its streams of HTTP+SSE', async () => {
  const client = new HttpClient((await startProduct({ env })).port);
  const open = (headers: Headers) => client.ask({ method: 'GET', path: '/sse', headers });
  const streams: HttpAnswer[] = [];
  for (let times = 0; times < MOST; times += 1) streams.push(await open(ada));
  assert.is((await open(ada)).status, 503);
  const other = await open(bob);
  assert.is(other.status, 200);
  assert.is(await streams[0]?.ended, 'whole');
  for (const stream of [...streams, other]) stream.close();
});

test('so do its WebSockets', async () => {
  const { port } = await startProduct({ env });
  const sockets: WebSocketClient[] = [];
  for (let times = 0; times < MOST; times += 1)
    sockets.push(await WebSocketClient.connect(port, { headers: ada }));
  const refused = new WebSocketClient(port, { headers: ada });
  const [, response] = await once(refused.socket, 'unexpected-response');
  assert.is(response.statusCode, 503);
  const other = await WebSocketClient.connect(port, { headers: bob });
  assert.equal(await sockets[0]?.closed, { code: 1013, reason: 'Others want to connect as well' });
  for (const { socket } of [...sockets, other]) socket.terminate();
});

test.run();
