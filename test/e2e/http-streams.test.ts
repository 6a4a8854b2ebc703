import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type HttpAnswer, HttpClient, HttpSession } from '../support/http-client.ts';
import { killNetworkServers, NetworkServer } from '../support/network-server.ts';
import type { Frame } from '../support/server-process.ts';
import { until } from '../support/until.ts';

const test = suite('http: streams');
test.after(killNetworkServers);

const server = await NetworkServer.start();
const client = new HttpClient(server.port);

let added = 0;
/** Makes every client be told that the tools have changed. */
const addTool = (session: HttpSession) =>
  session.call(`add-${++added}`, 'add_tool', { name: `added_${added}` });
const touch = (session: HttpSession, uri: string) => session.call(`touch ${uri}`, 'touch', { uri });
const isListChange = ({ method }: Frame) => method === 'notifications/tools/list_changed';
const isAnswerTo = (id: unknown) => (frame: Frame) => frame.id === id && frame.method === undefined;
const lastIdOf = ({ events }: HttpAnswer) => events.findLast(({ id }) => id !== undefined)?.id;
const withToken = { progressToken: 't' };

test('GET opens a stream, which brings what belongs to no request', async () => {
  const session = await HttpSession.open(client);
  const stream = await session.listen();
  assert.is(stream.status, 200);
  assert.is(stream.headers['content-type'], 'text/event-stream');
  assert.is(stream.headers['cache-control'], 'no-cache, no-transform');
  assert.is(stream.headers['x-accel-buffering'], 'no');

  const answer = await addTool(session);
  assert.is(answer.headers['content-type'], 'application/json', 'it went nowhere else');
  await stream.until(isListChange);
  stream.close();
});

test('a second GET is served, whatever became of the first: what comes is sent on one of them alone', async () => {
  const session = await HttpSession.open(client);
  const first = await session.listen();
  first.pause(); // as a client whose network has changed: nobody tells the server
  const second = await session.listen();
  assert.is(second.status, 200);
  await addTool(session);
  await second.until(isListChange);
  first.resume();
  await session.request(1, 'ping');
  assert.is(first.frames.length, 0);

  second.close();
  await until(async () => {
    await addTool(session);
    return first.frames.some(isListChange); // it was alive after all, and stays of use
  });
  first.close();
});

test('of many GETs the last are served, and the others ended well', async () => {
  const session = await HttpSession.open(client);
  const streams: HttpAnswer[] = [];
  for (let times = 0; times < 5; times += 1) streams.push(await session.listen());
  const ended = await Promise.all(streams.slice(0, 2).map(({ ended }) => ended));
  assert.equal(ended, ['whole', 'whole']);
  await addTool(session);
  await streams[4]?.until(isListChange);
  assert.equal(
    streams.map(({ frames }) => frames.length),
    [0, 0, 0, 0, 1],
  );
  for (const stream of streams) stream.close();
});

test('what comes before an answer makes it a stream, which ends with the answer', async () => {
  const session = await HttpSession.open(client);
  const answer = await session.call(1, 'progress', { steps: 2 }, withToken);
  assert.is(answer.headers['content-type'], 'text/event-stream');
  assert.is(await answer.ended, 'whole');
  assert.equal(
    answer.frames.map(({ method, id }) => method ?? id),
    ['notifications/progress', 'notifications/progress', 1],
  );
});

test('a stream begins with an id to come back with, for clients that know what that is (SEP-1699)', async () => {
  const latest = await (await HttpSession.open(client)).call(1, 'progress', { steps: 1 }, withToken);
  await latest.ended;
  const [first, ...rest] = latest.events;
  assert.is(first?.data, '');
  assert.match(first?.id ?? '', /^\d+\.\d+$/);
  assert.is(new Set(latest.events.map(({ id }) => id)).size, rest.length + 1);

  const older = await (await HttpSession.open(client, '2025-06-18')).call(
    1,
    'progress',
    { steps: 1 },
    withToken,
  );
  await older.ended;
  assert.is(older.events.length, 2);
  assert.is.not(older.events[0]?.data, '');
});

test('a client that lost its stream cancels nothing, and has the rest when it comes back', async () => {
  const session = await HttpSession.open(client);
  const lost = await session.call(1, 'progress', { steps: 3, until: 'test://static' }, withToken);
  await lost.until(({ params }) => params?.progress === 2);
  const seen = lost.events.find(({ data }) => data.includes('"progress":1'));
  lost.close();
  await lost.ended;

  const resumed = await session.listen(seen?.id);
  await resumed.until(({ params }) => params?.progress === 3);
  await addTool(session); // belongs to the session, not to this stream
  await touch(session, 'test://static');
  assert.is(await resumed.ended, 'whole');
  assert.equal(
    resumed.frames.map(({ params, id }) => params?.progress ?? id),
    [2, 3, 1],
  );

  const again = await session.listen(resumed.events.at(-2)?.id);
  assert.is(await again.ended, 'whole', 'the stream is over, but not forgotten');
  assert.equal(
    again.frames.map(({ id }) => id),
    [1],
  );
});

test('a stream for no request can be resumed too, and takes the place of the one before', async () => {
  const session = await HttpSession.open(client);
  const before = await session.listen();
  await addTool(session);
  await before.until(isListChange);
  const after = await session.listen(before.events[0]?.id);
  assert.is(await before.ended, 'whole');
  assert.is(after.frames.length, 0, 'what was read is not sent again');
  await addTool(session);
  await after.until(isListChange);
  after.close();
});

test('an id that nobody gave out, or that is too old, is refused', async () => {
  const session = await HttpSession.open(client);
  const long = await session.call(1, 'progress', { steps: 600 }, withToken);
  await long.ended;
  for (const id of ['nonsense', '', '-1.0', '1.99999', long.events[0]?.id]) {
    const refused = await session.listen(id);
    assert.equal([refused.status, (await refused.json()).error.code], [400, -32600], id);
  }
  const other = await HttpSession.open(client);
  assert.is((await other.listen(long.events.at(-1)?.id)).status, 400, 'it is of another session');
  const kept = await session.listen(long.events.at(-2)?.id);
  await kept.ended;
  assert.equal(
    kept.frames.map(({ id }) => id),
    [1],
  );
});

test('past an event that is too long to be kept nobody resumes, but after it', async () => {
  const session = await HttpSession.open(client, '2025-03-26');
  const call = (id: number, name: string, args: object, meta: object = {}) => ({
    jsonrpc: '2.0',
    id,
    method: 'tools/call',
    params: { name, arguments: args, _meta: meta },
  });
  const answer = await session.post([
    call(1, 'progress', { steps: 1 }, withToken),
    call(2, 'big', { bytes: 3_000_000 }),
  ]);
  await answer.ended;
  const [before, large] = answer.events;
  assert.ok((large?.data.length ?? 0) > 3_000_000);
  assert.is((await session.listen(before?.id)).status, 400);
  const after = await session.listen(large?.id);
  assert.equal([after.status, await after.ended, after.events], [200, 'whole', []]);
});

test('where streams end after a time, a client is sent away with an id, and has the answer when it is back (SEP-1699)', async () => {
  const impatient = await NetworkServer.start({ network: { streamTimeout: 0.2 } });
  const visitor = new HttpClient(impatient.port);
  const older = await HttpSession.open(visitor, '2025-06-18');
  const stayed = await older.call(1, 'progress', { steps: 1, until: 'test://never' }, withToken);
  const session = await HttpSession.open(visitor);
  const begun = await session.call(1, 'progress', { steps: 1, until: 'test://static' }, withToken);
  const standalone = await session.listen();
  let away = begun;
  for (let round = 0; round < 3; round++) {
    assert.is(await away.ended, 'whole');
    assert.is(away.events.at(-1)?.retry, '500');
    away = await session.listen(lastIdOf(away));
  }
  await touch(session, 'test://static');
  const answer = await away.until(isAnswerTo(1)).catch(async () => {
    away = await session.listen(lastIdOf(away));
    return await away.until(isAnswerTo(1));
  });
  assert.is(answer.id, 1);
  assert.equal(
    begun.frames.map(({ params }) => params?.progress),
    [1],
  );
  assert.is(await standalone.ended, 'whole');

  await touch(older, 'test://never');
  assert.is((await stayed.until(isAnswerTo(1))).id, 1, 'a client of before 2025-11-25 would not come back');
  await impatient.stop();
});

test('a question to the client comes on the stream of the request that it belongs to', async () => {
  const session = await HttpSession.open(client, '2025-11-25', { elicitation: {} });
  const stream = await session.listen();
  const call = await session.call(1, 'ask_name');
  const question = await call.until(({ method }) => method === 'elicitation/create');
  const content = { name: 'Ada' };
  const answered = await session.post({
    jsonrpc: '2.0',
    id: question.id,
    result: { action: 'accept', content },
  });
  assert.is(answered.status, 202);
  const { result } = await call.until(isAnswerTo(1));
  assert.is(result.content[0].text, 'Hello, Ada!');
  assert.equal(stream.frames, []);
  stream.close();
});

test('a cancelled request is answered with nothing', async () => {
  const session = await HttpSession.open(client);
  const call = await session.call(1, 'progress', { steps: 1, until: 'test://never' }, withToken);
  await call.until(({ params }) => params?.progress === 1);
  const params = { requestId: 1, reason: 'no more' };
  assert.is((await session.post({ jsonrpc: '2.0', method: 'notifications/cancelled', params })).status, 202);
  await touch(session, 'test://never');
  assert.is(await call.ended, 'whole');
  assert.is(call.frames.length, 1);
});

test('modern: what comes before an answer makes it a stream, without ids', async () => {
  const plain = await client.modern('tools/call', { name: 'progress', arguments: { steps: 1 } });
  assert.is(plain.headers['content-type'], 'application/json');
  const stream = await client.modern('tools/call', {
    name: 'progress',
    arguments: { steps: 1 },
    _meta: withToken,
  });
  assert.is(stream.headers['content-type'], 'text/event-stream');
  assert.is(await stream.ended, 'whole');
  assert.equal(
    stream.frames.map(({ method, id }) => method ?? id),
    ['notifications/progress', 1],
  );
  assert.equal(
    stream.events.map(({ id }) => id),
    [undefined, undefined],
  );
});

test('modern: a client that closes the response cancels the request', async () => {
  const oneAtATime = (ms: number, signal?: AbortSignal) =>
    client.modern('tools/call', { name: 'one_at_a_time', arguments: { ms } }, { signal });
  const controller = new AbortController();
  const first = oneAtATime(60_000, controller.signal).catch((error: Error) => error.name);
  await client.ask({ method: 'GET', path: '/livez' }); // by now the first is there
  const second = oneAtATime(1);
  controller.abort();
  assert.is(await first, 'AbortError');
  assert.is((await (await second).json()).result.isError, undefined);
});

test('modern: a question is an answer, and what it was about comes back sealed', async () => {
  const meta = { capabilities: { elicitation: {} } };
  const asked = await client.modern('tools/call', { name: 'ask_name', arguments: {} }, { meta });
  const { result } = await asked.json();
  assert.is(result.resultType, 'input_required');
  const inputResponses = { who: { action: 'accept', content: { name: 'Ada' } } };
  const again = { name: 'ask_name', arguments: {}, inputResponses, requestState: result.requestState };
  const answered = await client.modern('tools/call', again, { id: 2, meta });
  assert.is((await answered.json()).result.content[0].text, 'Hello, Ada!');
});

test('modern: "subscriptions/listen" is acknowledged first, and told of what was asked for until it is closed', async () => {
  const listen = (notifications: object) =>
    client.modern('subscriptions/listen', { notifications }, { id: 9 });
  const tools = await listen({ toolsListChanged: true });
  const prompts = await listen({ promptsListChanged: true });
  for (const stream of [tools, prompts]) {
    assert.is(stream.headers['content-type'], 'text/event-stream');
    await stream.until(({ method }) => method === 'notifications/subscriptions/acknowledged');
  }
  const session = await HttpSession.open(client);
  await addTool(session);
  const { params } = await tools.until(isListChange);
  assert.equal(params, { _meta: { 'io.modelcontextprotocol/subscriptionId': 9 } });
  assert.is(prompts.frames.length, 1);
  for (const stream of [tools, prompts]) stream.close();
  await addTool(session);
  assert.is((await session.request(1, 'ping')).status, 200);
});

test('the server ends well after all that', () => server.stop());

test.run();
