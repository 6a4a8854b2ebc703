import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { HttpClient } from '../support/http-client.ts';
import { killNetworkServers, NetworkServer } from '../support/network-server.ts';
import { modernMeta } from '../support/server-process.ts';
import { SseClient } from '../support/sse-client.ts';

const test = suite('http+sse');
test.after(killNetworkServers);

const server = await NetworkServer.start();
const client = new HttpClient(server.port);
const jsonType = { 'Content-Type': 'application/json' };

test('the server says first where to post, and answers there with 202', async () => {
  const sse = await SseClient.connect(server.port);
  assert.is(sse.stream.headers['content-type'], 'text/event-stream');
  assert.match(sse.path, /^\/messages\?sessionId=[\x21-\x7e]+$/);
  const taken = await sse.post({ jsonrpc: '2.0', id: 1, method: 'ping' });
  assert.equal([taken.status, taken.text], [202, '']);
  const event = await sse.stream.untilEvent(({ data }) => data.includes('"id":1'));
  assert.equal(event, { event: 'message', data: '{"jsonrpc":"2.0","id":1,"result":{}}' });
  sse.stream.close();
});

test('the server serves every revision, and each client on its own stream', async () => {
  const clients = await Promise.all(
    ['2024-11-05', '2025-11-25'].map((version) => SseClient.open(server.port, version)),
  );
  for (const each of clients) {
    const { result } = await each.request(1, 'tools/call', { name: 'slow', arguments: { ms: 20 } });
    assert.is(result.content[0].text, 'slept 20');
  }
  const [first, second] = clients as [SseClient, SseClient];
  const modern = await first.request(2, 'tools/list', { _meta: modernMeta() });
  assert.is(modern.result.resultType, 'complete');
  assert.equal(
    second.stream.frames.map(({ id }) => id),
    ['init', 1],
  );
  for (const each of clients) each.stream.close();
});

test('the server tells of what belongs to no request, and asks the client', async () => {
  const sse = await SseClient.open(server.port, '2025-11-25', { elicitation: {} });
  await sse.request(1, 'tools/call', { name: 'add_tool', arguments: { name: 'new' } });
  await sse.stream.until(({ method }) => method === 'notifications/tools/list_changed');
  await sse.post({ jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'ask_name' } });
  const question = await sse.stream.until(({ method }) => method === 'elicitation/create');
  await sse.post({ jsonrpc: '2.0', id: question.id, result: { action: 'decline' } });
  const { result } = await sse.stream.until(({ id }) => id === 2);
  assert.is(result.content[0].text, 'You said decline');
  sse.stream.close();
});

test('the server refuses what was not cancelled by its own client, and cancels what was', async () => {
  const sse = await SseClient.open(server.port);
  await sse.post({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: 'slow', arguments: { ms: 60_000 } },
  });
  await sse.post({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } });
  await sse.request(2, 'ping');
  assert.equal(
    sse.stream.frames.map(({ id }) => id),
    ['init', 2],
  );
  sse.stream.close();
});

const refusals = [
  { what: 'a message for nobody', ask: { path: '/messages', headers: jsonType, body: '{}' }, status: 400 },
  {
    what: 'a message for an unknown client',
    ask: { path: '/messages?sessionId=nope', headers: jsonType, body: '{}' },
    status: 404,
  },
  { what: 'POST of the stream', ask: { path: '/sse' }, status: 405, allow: 'GET' },
  { what: 'GET of messages', ask: { path: '/messages', method: 'GET' }, status: 405, allow: 'POST' },
  {
    what: 'a foreign host',
    ask: { path: '/sse', method: 'GET', headers: { Host: 'evil.example' } },
    status: 403,
  },
  {
    what: 'a foreign origin',
    ask: { path: '/sse', method: 'GET', headers: { Origin: 'http://evil.example' } },
    status: 403,
  },
  {
    what: 'a foreign origin of a message',
    ask: { path: '/messages', headers: { Origin: 'http://evil.example' } },
    status: 403,
  },
] as const;

for (const { what, ask, status, ...more } of refusals) {
  test(`${what}: ${status}`, async () => {
    const answer = await client.ask(ask);
    await answer.ended;
    assert.is(answer.status, status);
    if ('allow' in more) assert.is(answer.headers.allow, more.allow);
    else assert.is(JSON.parse(answer.text).error.code, -32600);
  });
}

test('the server refuses what is no JSON before it takes it', async () => {
  const sse = await SseClient.open(server.port);
  const text = await client.ask({ path: sse.path, headers: { 'Content-Type': 'text/plain' }, body: '{}' });
  assert.is(text.status, 415);
  await sse.post('{bad');
  const { error } = await sse.stream.until(({ id }) => id === undefined);
  assert.is(error.code, -32700);
  assert.equal((await sse.request(1, 'ping')).result, {});
  sse.stream.close();
});

test('a stream that ends takes its session with it', async () => {
  const sse = await SseClient.open(server.port);
  sse.stream.close();
  await sse.stream.ended;
  while ((await sse.post({ jsonrpc: '2.0', id: 1, method: 'ping' })).status !== 404);
});

test('"shutdown" ends the stream of its client alone', async () => {
  const [leaving, staying] = await Promise.all([SseClient.open(server.port), SseClient.open(server.port)]);
  await leaving.request(1, 'shutdown');
  assert.is(await leaving.stream.ended, 'whole');
  assert.equal((await staying.request(1, 'ping')).result, {});
  staying.stream.close();
});

test('the server gives up a client that does not read', async () => {
  const slow = await SseClient.open(server.port);
  slow.stream.pause();
  const big = (id: number) =>
    slow.post({
      jsonrpc: '2.0',
      id,
      method: 'tools/call',
      params: { name: 'big', arguments: { bytes: 9_000_000 } },
    });
  for (let id = 1; (await big(id)).status === 202; id++) assert.ok(id < 10, 'the queue is bounded');
  slow.stream.resume();
  assert.is(await slow.stream.ended, 'broken');
});

test('the server takes no more clients than it may', async () => {
  const small = await NetworkServer.start({ network: { maxSessions: 1 } });
  const only = await SseClient.open(small.port);
  const refused = await new HttpClient(small.port).ask({ path: '/sse', method: 'GET' });
  assert.is(refused.status, 503);
  assert.is(refused.headers['retry-after'], '60');
  assert.equal((await only.request(1, 'ping')).result, {});
  only.stream.close();
  await small.stop();
});

test('the server ends well after all that', () => server.stop());

test.run();
