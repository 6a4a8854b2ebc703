import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { HttpClient, HttpSession, initialize, jsonHeaders } from '../support/http-client.ts';
import { killNetworkServers, NetworkServer } from '../support/network-server.ts';

const test = suite('http: sessions');
test.after(killNetworkServers);

const server = await NetworkServer.start();
const client = new HttpClient(server.port);

test('the server gives each session an id that nobody can guess, in visible ASCII', async () => {
  const first = await HttpSession.open(client);
  const second = await HttpSession.open(client);
  assert.match(first.id, /^[\x21-\x7e]{36}$/);
  assert.is.not(first.id, second.id);
});

test('the server gives no id to who is refused', async () => {
  const answer = await client.ask({ headers: jsonHeaders, body: { ...initialize(), params: {} } });
  assert.is((await answer.json()).error.code, -32602);
  assert.is(answer.headers['mcp-session-id'], undefined);
});

test('the server answers requests with JSON, and what asks for no answer with 202', async () => {
  const session = await HttpSession.open(client);
  const pong = await session.request(1, 'ping');
  assert.is(pong.headers['content-type'], 'application/json');
  assert.equal(await pong.json(), { jsonrpc: '2.0', id: 1, result: {} });
  for (const body of [
    { jsonrpc: '2.0', method: 'notifications/foo' },
    { jsonrpc: '2.0', id: 'nobody waits', result: {} },
    { jsonrpc: '2.0', id: 'nobody waits', error: { code: 1, message: 'm' } },
  ]) {
    const answer = await session.post(body);
    await answer.ended;
    assert.equal([answer.status, answer.text], [202, '']);
  }
});

test('the server keeps sessions apart: the same id in two of them, each with its own revision', async () => {
  const old = await HttpSession.open(client, '2024-11-05');
  const latest = await HttpSession.open(client, '2025-11-25');
  const [slow, same] = await Promise.all([
    old.call(7, 'slow', { ms: 50 }),
    latest.call(7, 'slow', { ms: 1 }),
  ]);
  assert.is((await slow.json()).result.content[0].text, 'slept 50');
  assert.is((await same.json()).result.content[0].text, 'slept 1');
  const listed = await Promise.all(
    [old, latest].map(async (each) => (await each.request(8, 'tools/list')).json()),
  );
  assert.equal(
    listed.map((answer) => 'title' in answer.result.tools[0]),
    [false, true],
  );
});

test('the server takes batches where the revision has them, and answers them in one', async () => {
  const session = await HttpSession.open(client, '2025-03-26');
  const ping = { jsonrpc: '2.0', id: 5, method: 'ping' };
  const answer = await session.post([
    ping,
    { jsonrpc: '2.0', method: 'notifications/foo' },
    { ...ping, id: 6, method: 'foo' },
    1,
  ]);
  assert.is(answer.status, 200);
  const members = (await answer.json()) as { id?: number; error?: { code: number } }[];
  assert.equal(
    members.map(({ id, error }) => [id, error?.code]).sort(),
    [
      [5, undefined],
      [6, -32601],
      [undefined, -32600],
    ].sort(),
  );
  const silent = await session.post([{ jsonrpc: '2.0', method: 'notifications/foo' }]);
  assert.is(silent.status, 202);
  const latest = await HttpSession.open(client);
  const refused = await latest.post([ping]);
  assert.equal([refused.status, (await refused.json()).error.code], [400, -32600]);
});

test('a session is initialized once', async () => {
  const session = await HttpSession.open(client);
  const again = await session.post(initialize());
  assert.equal([again.status, (await again.json()).error.code], [400, -32600]);
  assert.is((await session.request(1, 'ping')).status, 200);
});

test('the server refuses an id that is in use, and answers the first', async () => {
  const session = await HttpSession.open(client);
  const calls = [session.call(7, 'slow', { ms: 200 }), session.call(7, 'slow', { ms: 200 })];
  const answers = await Promise.all(calls.map(async (call) => (await call).json()));
  assert.equal(answers.map((answer) => answer.error?.code ?? answer.result.content[0].text).sort(), [
    -32600,
    'slept 200',
  ]);
});

test('a session ends by DELETE: what is under way is cancelled, its stream ends, and the id is unknown from then on', async () => {
  const session = await HttpSession.open(client);
  const stream = await session.listen();
  const call = session.call(1, 'slow', { ms: 60_000 });
  await session.request(2, 'ping');
  const ended = await session.end();
  assert.is(ended.status, 204);
  assert.is((await call).status, 202);
  assert.is(await stream.ended, 'whole');
  for (const answer of [await session.request(3, 'ping'), await session.listen(), await session.end()]) {
    assert.is(answer.status, 404);
  }
});

test('a session ends by "shutdown", which ends no other and not the server', async () => {
  const session = await HttpSession.open(client);
  const other = await HttpSession.open(client);
  const answer = await session.request(1, 'shutdown');
  assert.equal(await answer.json(), { jsonrpc: '2.0', id: 1, result: {} });
  assert.is((await session.request(2, 'ping')).status, 404);
  assert.is((await other.request(2, 'ping')).status, 200);
});

test('the server makes room for a new session by closing the one that was idle longest', async () => {
  const small = await NetworkServer.start({ network: { maxSessions: 2 } });
  const visitor = new HttpClient(small.port);
  const idle = await HttpSession.open(visitor);
  const listening = await HttpSession.open(visitor);
  const stream = await listening.listen();
  const third = await HttpSession.open(visitor);
  assert.is((await idle.request(1, 'ping')).status, 404);
  assert.is((await listening.request(1, 'ping')).status, 200);
  const thirdStream = await third.listen();

  const refused = await visitor.ask({ headers: jsonHeaders, body: initialize() });
  assert.is(refused.status, 503);
  assert.is(refused.headers['retry-after'], '60');
  assert.is((await refused.json()).id, 'init');
  assert.is((await visitor.modern('tools/list')).status, 200, 'modern clients need no session');

  stream.close();
  thirdStream.close();
  await small.stop();
});

test('a session is in use until its last answer', async () => {
  const small = await NetworkServer.start({ network: { maxSessions: 2 } });
  const visitor = new HttpClient(small.port);
  const working = await HttpSession.open(visitor);
  const work = working.call(1, 'slow', { ms: 300 });
  const idle = await HttpSession.open(visitor);
  await (await work).json();
  await HttpSession.open(visitor);
  assert.is((await working.request(1, 'ping')).status, 200);
  assert.is((await idle.request(1, 'ping')).status, 404);
  await small.stop();
});

test('the server closes a session that nobody uses, but none that listens or works', async () => {
  const short = await NetworkServer.start({ network: { sessionTimeout: 0.2 } });
  const visitor = new HttpClient(short.port);
  const idle = await HttpSession.open(visitor);
  const listening = await HttpSession.open(visitor);
  const stream = await listening.listen();
  const working = await HttpSession.open(visitor);
  const work = working.call(1, 'slow', { ms: 900 });
  assert.is((await (await work).json()).result.content[0].text, 'slept 900');
  assert.is((await idle.request(1, 'ping')).status, 404);
  assert.is((await listening.request(1, 'ping')).status, 200);
  stream.close();
  await short.stop();
});

test('the server ends well after all that', () => server.stop());

test.run();
