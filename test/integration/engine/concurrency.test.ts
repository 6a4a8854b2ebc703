import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InMemoryConnection, modernRequestOf, requestOf } from '../../support/in-memory-connection.ts';

const test = suite('engine: concurrency');

const call = (id: string | number, name: string, args: object = {}) =>
  requestOf(id, 'tools/call', { name, arguments: args });
const cancel = (requestId: unknown) => ({
  jsonrpc: '2.0',
  method: 'notifications/cancelled',
  params: { requestId, reason: 'The user has changed their mind' },
});

/** A call that is under way until the resource is touched. */
const held = (id: string | number, until: string) => call(id, 'progress', { steps: 0, until });
const touch = (id: string | number, uri: string) => call(id, 'touch', { uri });

async function open(): Promise<InMemoryConnection> {
  const connection = new InMemoryConnection();
  await connection.initialize();
  await connection.request('ready', 'tools/list');
  return connection;
}

const answered = (connection: InMemoryConnection) =>
  connection.frames.filter((frame) => frame.method === undefined).map(({ id }) => id);

test('a slow tool delays nobody', async () => {
  const connection = await open();
  connection.send(held('slow', 'test://1'), requestOf(1, 'ping'), call(2, 'echo', { message: 'hi' }));
  await connection.answer(1);
  await connection.answer(2);
  assert.not.ok(answered(connection).includes('slow'));
  connection.send(touch(3, 'test://1'));
  assert.equal((await connection.answer('slow')).result.content, [{ type: 'text', text: 'done' }]);
});

test('answers come in the order in which the work ends', async () => {
  const connection = await open();
  const ids = [1, 2, 3, 4];
  connection.send(...ids.map((id) => held(id, `test://${id}`)));
  for (const id of [3, 1, 4, 2]) {
    connection.send(touch(`touch ${id}`, `test://${id}`));
    await connection.answer(id);
  }
  assert.equal(
    answered(connection).filter((id) => ids.includes(id)),
    [3, 1, 4, 2],
  );
});

test('a hundred calls of both eras, all at once, are each answered once and by their own id', async () => {
  const connection = await open();
  const ids = Array.from({ length: 100 }, (_, n) => n);
  const messages = ids.map((n) => {
    const params = { name: n % 2 ? 'sum' : 'slow', arguments: n % 2 ? { a: n, b: n } : { ms: n % 7 } };
    return n % 3 ? requestOf(n, 'tools/call', params) : modernRequestOf(n, 'tools/call', params);
  });
  connection.send(...messages);
  for (const n of ids) {
    const { result } = await connection.answer(n);
    assert.is(result.content[0].text, n % 2 ? `{"sum":${2 * n}}` : `slept ${n % 7}`);
    assert.is(result.resultType, n % 3 ? undefined : 'complete');
  }
  assert.is(new Set(answered(connection)).size, answered(connection).length);
});

test('a cancelled call has no answer, and its work is ended', async () => {
  const connection = await open();
  connection.send(call(7, 'slow', { ms: 60_000 }), cancel(7), requestOf(8, 'ping'));
  await connection.answer(8);
  await connection.connection.peer.whenIdle();
  assert.not.ok(answered(connection).includes(7));
  assert.equal(connection.unexpected, []);
  connection.send(call(7, 'echo', { message: 'the id is free again' }));
  await connection.answer(7);
});

test('a call that is cancelled before it could begin never does', async () => {
  const connection = new InMemoryConnection();
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'n', version: 'v' } };
  connection.send(
    requestOf(1, 'initialize', params),
    call(2, 'add_tool', { name: 'brand_new' }),
    cancel(2),
    requestOf(3, 'tools/list'),
  );
  const { tools } = (await connection.answer(3)).result;
  assert.not.ok(tools.some(({ name }: { name: string }) => name === 'brand_new'));
  assert.not.ok(answered(connection).includes(2));
});

for (const [what, notification] of [
  ['another type of id', cancel('7')],
  ['an id that is unknown', cancel(99)],
  ['no id', cancel(undefined)],
  ['an id that is none', cancel({ id: 7 })],
  ['no params', { jsonrpc: '2.0', method: 'notifications/cancelled' }],
] as const) {
  test(`a cancellation with ${what} cancels nothing`, async () => {
    const connection = await open();
    connection.send(held(7, 'test://1'), notification, touch(8, 'test://1'));
    assert.ok((await connection.answer(7)).result);
  });
}

test('a cancellation that comes too late changes nothing', async () => {
  const connection = await open();
  await connection.request(7, 'ping');
  connection.send(cancel(7), requestOf(8, 'ping'));
  await connection.answer(8);
  assert.is(answered(connection).filter((id) => id === 7).length, 1);
});

test('a call of one era can be cancelled like one of the other', async () => {
  const connection = await open();
  const params = { name: 'slow', arguments: { ms: 60_000 } };
  connection.send(modernRequestOf('m', 'tools/call', params), cancel('m'), requestOf(1, 'ping'));
  await connection.answer(1);
  await connection.connection.peer.whenIdle();
  assert.not.ok(answered(connection).includes('m'));
});

test('of two requests with one id the second is refused, at once', async () => {
  const connection = await open();
  connection.send(held(7, 'test://1'), requestOf(7, 'ping'));
  assert.is((await connection.answer(7)).error.code, -32600);
  connection.send(touch(8, 'test://1'));
  const isResult = (frame: { id?: unknown; result?: unknown }) =>
    frame.id === 7 && frame.result !== undefined;
  await connection.until(isResult, 'the answer to the first');
});

test('a tool that runs once at a time makes the next one wait, and no other tool', async () => {
  const connection = await open();
  connection.send(
    call('a', 'one_at_a_time', { ms: 60_000 }),
    call('b', 'one_at_a_time', { ms: 60_000 }),
    call('c', 'one_at_a_time', { ms: 0 }),
    call('d', 'echo', { message: 'hi' }),
  );
  await connection.answer('d');
  connection.send(cancel('b'), requestOf(1, 'ping'));
  await connection.answer(1);
  assert.not.ok(answered(connection).includes('c'));
  connection.send(cancel('a'));
  await connection.answer('c');
  assert.equal(
    answered(connection).filter((id) => ['a', 'b'].includes(id)),
    [],
  );
});

test('a tool that takes too long is ended, and answers so', async () => {
  const connection = await open();
  const { result } = await connection.request(1, 'tools/call', { name: 'limited', arguments: {} });
  assert.ok(result.isError);
  assert.is(result.content[0].text, '"limited" was ended after 0.05 s, its time limit; ask for less at once');
  assert.equal(connection.unexpected, []);
});

test('a tool that crashes is an error that the model reads, without how', async () => {
  const connection = await open();
  const { result } = await connection.request(1, 'tools/call', { name: 'crash', arguments: {} });
  assert.ok(result.isError);
  assert.match(result.content[0].text, /^"crash" failed unexpectedly/);
  assert.not.match(JSON.stringify(connection.frames), '/etc/shadow');
  assert.equal((await connection.request(2, 'ping')).result, {});
});

test('a failure of ours says nothing but the id it is noted under', async () => {
  const connection = await open();
  const { error } = await connection.request(1, 'tools/call', { name: 'lie', arguments: {} });
  assert.equal(error, {
    code: -32603,
    message: 'Internal error',
    data: { code: 'internal', correlationId: 'correlation-1' },
  });
  assert.is(connection.unexpected.length, 1);
});

test('an answer that no client takes is an error, in each era’s shape', async () => {
  const connection = await open();
  const params = { name: 'big', arguments: { bytes: 11 * 1024 * 1024 } };
  assert.ok((await connection.request(1, 'tools/call', params)).result.isError);
  connection.send(modernRequestOf(2, 'tools/call', params));
  const { result } = await connection.answer(2);
  assert.equal([result.isError, result.resultType], [true, 'complete']);
});

test.run();
