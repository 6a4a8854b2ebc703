import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { HttpClient, HttpSession, initialize, jsonHeaders } from '../support/http-client.ts';
import { killProductServers, startProduct } from '../support/product-server.ts';
import { runProduct } from '../support/run-product.ts';
import type { Frame } from '../support/server-process.ts';
import { WebSocketClient } from '../support/web-socket-client.ts';

const test = suite('network: rates');

const folder = mkdtempSync(join(tmpdir(), 'tfo-mcp-network-rates-'));
test.after(() => {
  killProductServers();
  rmSync(folder, { recursive: true });
});

const keys = { TELEMETRYFLOW_MCP_SECURITY_API_KEYS_FILE: join(folder, 'keys.json') };
const newKey = () => runProduct(['keys', 'create', '--name', 'test', '--scope', '*'], keys).stdout.trim();
const [ada, bob] = [newKey(), newKey()];
const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });

/** One a minute, so that none comes back while a test runs. */
const rate = (burst: number) => ({
  TELEMETRYFLOW_MCP_SECURITY_RATE_LIMIT_PER_MINUTE: '1',
  TELEMETRYFLOW_MCP_SECURITY_RATE_LIMIT_BURST: `${burst}`,
});

const statusesOf = async (client: HttpClient, count: number, headers = {}) => {
  const statuses: number[] = [];
  for (let n = 0; n < count; n += 1)
    statuses.push((await client.modern('tools/list', {}, { headers })).status);
  return statuses;
};

const echo = (id: number) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name: 'echo', arguments: { message: `${id}` } },
});

test('the server answers 429, and when to come again, to a principal who comes too often; others are served', async () => {
  const { port } = await startProduct({ env: { ...keys, ...rate(3) } });
  const client = new HttpClient(port);
  assert.equal(await statusesOf(client, 3, bearer(ada)), [200, 200, 200]);
  const refused = await client.modern('tools/list', {}, { headers: bearer(ada) });
  assert.is(refused.status, 429);
  const seconds = Number(refused.headers['retry-after']);
  assert.ok(seconds > 0 && seconds <= 60, `${seconds}`);
  const { id, error } = await refused.json();
  assert.equal(
    [id, error.code, error.data],
    [undefined, -32600, { code: 'rate.exceeded', retryAfter: seconds }],
  );
  assert.equal(await statusesOf(client, 2, bearer(bob)), [200, 200]);
  const asked = {
    method: 'GET',
    path: '/ws',
    headers: { ...bearer(ada), Connection: 'Upgrade', Upgrade: 'websocket' },
  };
  assert.is((await client.ask(asked)).status, 429);
  assert.is((await client.ask({ method: 'GET', path: '/healthz' })).status, 200);
});

test('the server counts failed authentications of an address, whose good keys still come in', async () => {
  const { port } = await startProduct({ env: { ...keys, ...rate(4) } });
  const client = new HttpClient(port);
  const flood = await statusesOf(client, 8, bearer(`tfk_0123456789abcdef.${'A'.repeat(43)}`));
  assert.equal(flood.slice(0, 5), [401, 401, 401, 401, 429]);
  assert.ok(flood.slice(4).every((status) => status === 429));
  assert.equal(await statusesOf(client, 2), [429, 429]);
  assert.equal(await statusesOf(client, 4, bearer(ada)), [200, 200, 200, 200]);
});

test('the server counts the messages of a WebSocket, and goes on with what wants no answer', async () => {
  const { port } = await startProduct({ env: { ...keys, ...rate(4) } });
  const socket = await WebSocketClient.connect(port, { headers: bearer(ada) }); // the first
  socket.send(initialize());
  await socket.until(({ id }) => id === 'init');
  socket.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
  const answers: Frame[] = [];
  for (const id of [1, 2, 3]) {
    socket.send(echo(id));
    answers.push(await socket.until((frame) => frame.id === id));
  }
  assert.equal(
    answers.map(({ error }) => error?.data.code),
    [undefined, undefined, 'rate.exceeded'],
  );
  assert.ok(answers[2].error.data.retryAfter > 0);
  assert.is(socket.socket.readyState, socket.socket.OPEN);
  socket.socket.close();
});

const read = (id: number) => ({
  jsonrpc: '2.0',
  id,
  method: 'resources/read',
  params: { uri: 'status://health' },
});
const numbers = Array.from({ length: 100 }, (_, at) => at + 1);
/** The answers that are errors of the rate; every request must have its own. */
const refusedOf = (answers: readonly Frame[]) => {
  assert.equal(
    answers.map(({ id }) => id).sort((a, b) => a - b),
    numbers,
  );
  for (const { error } of answers) if (error) assert.is(error.data.code, 'rate.exceeded');
  return answers.filter(({ error }) => error !== undefined).length;
};

test('a batch counts once for each of its members: an error each for those beyond, with their ids', async () => {
  const { port } = await startProduct({ env: { ...keys, ...rate(10) } });
  const client = new HttpClient(port);
  const headers = { ...jsonHeaders, ...bearer(ada) };
  const opened = await client.ask({ headers, body: initialize('2025-03-26') });
  const session = { ...headers, 'Mcp-Session-Id': String(opened.headers['mcp-session-id']) };
  const answer = await client.ask({ headers: session, body: numbers.map(read) });
  assert.is(answer.status, 200);
  assert.is(refusedOf((await answer.json()) as Frame[]), 91);
  assert.is((await client.ask({ headers: session, body: read(1) })).status, 429);
});

test('so it does on a WebSocket', async () => {
  const { port } = await startProduct({ env: { ...keys, ...rate(10) } });
  const socket = await WebSocketClient.connect(port, { headers: bearer(ada) });
  socket.send(initialize('2025-03-26'));
  await socket.until(({ id }) => id === 'init');
  socket.send(numbers.map(read));
  assert.is(refusedOf((await socket.until((frame) => Array.isArray(frame))) as Frame[]), 92);
  socket.socket.close();
});

test('so it does on HTTP+SSE', async () => {
  const { port } = await startProduct({ env: { ...keys, ...rate(10) } });
  const headers = bearer(ada);
  const client = new HttpClient(port);
  const stream = await client.ask({ method: 'GET', path: '/sse', headers });
  const path = (await stream.untilEvent(({ event }) => event === 'endpoint')).data;
  const post = (body: unknown) => client.ask({ path, headers: { ...jsonHeaders, ...headers }, body });
  await post(initialize('2025-03-26'));
  await stream.until(({ id }) => id === 'init');
  await post(numbers.map(read));
  assert.is(refusedOf((await stream.until((frame) => Array.isArray(frame))) as Frame[]), 92);
  stream.close();
});

test('limits nobody on this machine without authentication, unless told to', async () => {
  const free = new HttpClient((await startProduct()).port);
  assert.ok((await statusesOf(free, 150)).every((status) => status === 200));
  const limited = new HttpClient((await startProduct({ env: rate(2) })).port);
  assert.equal(await statusesOf(limited, 3), [200, 200, 429]);
  const env = { ...rate(2), TELEMETRYFLOW_MCP_SECURITY_RATE_LIMIT_ENABLED: 'false' };
  const unlimited = new HttpClient((await startProduct({ env })).port);
  assert.equal(await statusesOf(unlimited, 3), [200, 200, 200]);
});

test('a hundred at once are what a principal has where nothing is set', async () => {
  const client = new HttpClient((await startProduct({ env: keys })).port, true);
  const session = await Promise.all(
    Array.from(
      { length: 140 },
      async () => (await client.modern('tools/list', {}, { headers: bearer(ada) })).status,
    ),
  );
  const served = session.filter((status) => status === 200).length;
  assert.ok(served >= 100 && served < 140, `${served}`);
  client.close();
});

test('a session of nobody in particular goes on as before', async () => {
  const client = new HttpClient((await startProduct()).port);
  const session = await HttpSession.open(client);
  assert.is(
    (await (await session.call(1, 'echo', { message: 'x' })).json()).result.content[0].text,
    'Echo: x',
  );
});

test.run();
