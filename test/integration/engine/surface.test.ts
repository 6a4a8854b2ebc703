import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InMemoryConnection, modernRequestOf } from '../../support/in-memory-connection.ts';

const test = suite('engine: the surface in both eras');

/** Sends a modern request and resolves with its answer. */
async function modern(connection: InMemoryConnection, ...request: Parameters<typeof modernRequestOf>) {
  connection.send(modernRequestOf(...request));
  return await connection.answer(request[0]);
}

test('the methods of what isn’t offered don’t exist, in either era', async () => {
  const surface = () => ({ tools: [], resources: [], prompts: [] });
  const connection = new InMemoryConnection({ surface });
  const { capabilities } = (await connection.initialize()).result;
  assert.equal(capabilities, { logging: {} });
  for (const method of [
    'tools/list',
    'tools/call',
    'resources/list',
    'resources/templates/list',
    'resources/read',
    'prompts/list',
    'prompts/get',
    'completion/complete',
  ]) {
    assert.is((await connection.request(method, method)).error.code, -32601);
    assert.is((await modern(connection, `modern ${method}`, method)).error.code, -32601);
  }
  assert.is((await connection.request(1, 'resources/subscribe', { uri: 'a:' })).error.code, -32601);
  assert.equal((await connection.request(2, 'logging/setLevel', { level: 'debug' })).result, {});
});

for (const [method, params, legacy, newer] of [
  ['tools/call', { name: 'nope' }, -32001, -32602],
  ['tools/call', { name: '__proto__' }, -32001, -32602],
  ['tools/call', {}, -32602, -32602],
  ['tools/call', { name: 'echo', arguments: [1] }, -32602, -32602],
  ['tools/call', { name: null }, -32602, -32602],
  ['prompts/get', { name: 'greet', arguments: ['x'] }, -32602, -32602],
  ['tools/list', { cursor: [] }, -32602, -32602],
  ['resources/read', { uri: 'nope://x' }, -32002, -32602],
  ['resources/read', {}, -32602, -32602],
  ['prompts/get', { name: 'nope' }, -32003, -32602],
  ['prompts/get', { name: 'greet', arguments: {} }, -32602, -32602],
  ['tools/list', { cursor: 'zzz' }, -32602, -32602],
  ['tools/list', { cursor: 5 }, -32602, -32602],
  [
    'completion/complete',
    { ref: { type: 'ref/prompt', name: 'nope' }, argument: { name: 'a', value: '' } },
    -32602,
    -32602,
  ],
  ['tools/call', { name: 'lie' }, -32603, -32603],
] as const) {
  test(`${method} ${JSON.stringify(params)} fails with ${legacy}, or ${newer} in the modern era`, async () => {
    const connection = new InMemoryConnection();
    await connection.initialize();
    assert.is((await connection.request(1, method, params)).error.code, legacy);
    assert.is((await modern(connection, 2, method, params)).error.code, newer);
  });
}

test('an error names the resource that isn’t there, in both eras', async () => {
  const connection = new InMemoryConnection();
  await connection.initialize();
  const legacy = await connection.request(1, 'resources/read', { uri: 'nope://x' });
  const newer = await modern(connection, 2, 'resources/read', { uri: 'nope://x' });
  assert.equal([legacy.error.data.uri, newer.error.data.uri], ['nope://x', 'nope://x']);
});

for (const [method, list, key] of [
  ['tools/list', 'tools', 'name'],
  ['resources/list', 'resources', 'uri'],
  ['resources/templates/list', 'resourceTemplates', 'uriTemplate'],
  ['prompts/list', 'prompts', 'name'],
] as const) {
  for (const era of ['legacy', 'modern'] as const) {
    test(`${era}: ${method} goes on where the last page ended`, async () => {
      const connection = new InMemoryConnection({ pageSize: 2 });
      await connection.initialize();
      const request = (id: string, params: object) =>
        era === 'legacy' ? connection.request(id, method, params) : modern(connection, id, method, params);
      const keys: string[] = [];
      let params = {};
      for (let page = 1; ; page++) {
        const { result } = await request(`page ${page}`, params);
        assert.ok(result[list].length <= 2);
        keys.push(...result[list].map((entry: Record<string, string>) => entry[key]));
        if (result.nextCursor === undefined) break;
        params = { cursor: result.nextCursor };
      }
      const whole = new InMemoryConnection();
      await whole.initialize();
      const { result } = await whole.request(1, method);
      assert.equal(
        keys,
        result[list].map((entry: Record<string, string>) => entry[key]),
      );
      assert.ok(keys.length > 0);
    });
  }
}

test('arguments are completed alike in both eras', async () => {
  const connection = new InMemoryConnection();
  await connection.initialize();
  const params = { ref: { type: 'ref/prompt', name: 'greet' }, argument: { name: 'name', value: 'name-1' } };
  const legacy = (await connection.request(1, 'completion/complete', params)).result;
  const newer = (await modern(connection, 2, 'completion/complete', params)).result;
  assert.is(legacy.completion.total, 61);
  assert.equal(newer.completion, legacy.completion);
  assert.equal([legacy.resultType, newer.resultType], [undefined, 'complete']);
});

test('how long a client may keep what it reads is the resource’s own', async () => {
  const connection = new InMemoryConnection();
  const kept = await modern(connection, 1, 'resources/read', { uri: 'test://static' });
  const fresh = await modern(connection, 2, 'resources/read', { uri: 'test://item/7' });
  assert.equal([kept.result.ttlMs, fresh.result.ttlMs], [60_000, 0]);
});

test('a trace and the client’s own _meta reach the tool', async () => {
  const connection = new InMemoryConnection();
  await connection.initialize();
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const { result } = await connection.request(1, 'tools/call', {
    name: 'trace',
    arguments: {},
    _meta: { traceparent, 'test/mine': 5 },
  });
  assert.equal(JSON.parse(result.content[0].text), { trace: { traceparent }, client: 'test', mine: 5 });
});

test.run();
