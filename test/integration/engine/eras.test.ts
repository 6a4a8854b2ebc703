import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  InMemoryConnection,
  initializeParams,
  modernRequestOf,
  requestOf,
} from '../../support/in-memory-connection.ts';

const test = suite('engine: eras');

const PREFIX = 'io.modelcontextprotocol/';

/** Sends a modern request and resolves with its answer. */
async function modern(connection: InMemoryConnection, ...request: Parameters<typeof modernRequestOf>) {
  connection.send(modernRequestOf(...request));
  return await connection.answer(request[0]);
}

test('a connection begins in no era: a ping is answered, anything else says how to begin', async () => {
  const connection = new InMemoryConnection();
  assert.equal((await connection.request(1, 'ping')).result, {});
  for (const method of ['tools/list', 'server/discover', 'foo']) {
    const { error } = await connection.request(method, method);
    assert.is(error.code, -32602);
    assert.equal(error.data.supported, [
      '2026-07-28',
      '2025-11-25',
      '2025-06-18',
      '2025-03-26',
      '2024-11-05',
    ]);
  }
});

test('a modern client finds out what there is', async () => {
  const { result } = await modern(new InMemoryConnection(), 1, 'server/discover');
  assert.equal(Object.keys(result).sort(), [
    '_meta',
    'cacheScope',
    'capabilities',
    'instructions',
    'resultType',
    'supportedVersions',
    'ttlMs',
  ]);
  assert.is(result._meta[`${PREFIX}serverInfo`].name, 'fixture');
});

test('both eras are served at once, each request as what it says it is', async () => {
  const connection = new InMemoryConnection();
  await modern(connection, 'probe', 'server/discover');
  await connection.initialize('2024-11-05');
  const legacy = await connection.request(1, 'tools/list');
  const newer = await modern(connection, 2, 'tools/list');
  const again = await connection.request(3, 'tools/list');
  assert.equal(Object.keys(legacy.result), ['tools']);
  assert.not.ok('title' in legacy.result.tools[0]);
  assert.equal([newer.result.resultType, newer.result.cacheScope], ['complete', 'public']);
  assert.ok(newer.result.tools[0].title);
  assert.equal(again.result, legacy.result);
});

test('modern traffic makes no session', async () => {
  const connection = new InMemoryConnection();
  await modern(connection, 1, 'tools/list');
  assert.is((await connection.request(2, 'tools/list')).error.data.code, 'session.missing');
});

test('each modern request is judged by itself', async () => {
  const connection = new InMemoryConnection();
  const params = { name: 'ask_if_possible', arguments: {} };
  const able = { capabilities: { elicitation: {} } };
  connection.send(
    modernRequestOf(1, 'tools/call', params, able),
    modernRequestOf(2, 'tools/call', params),
    modernRequestOf(3, 'tools/call', params, able),
  );
  const outcomes = await Promise.all([1, 2, 3].map((id) => connection.answer(id)));
  assert.equal(
    outcomes.map(({ result }) => result.resultType),
    ['input_required', 'complete', 'input_required'],
  );
});

test('a version that isn’t served is refused each time', async () => {
  const connection = new InMemoryConnection();
  for (const id of [1, 2]) {
    const { error } = await modern(connection, id, 'tools/list', {}, { version: '1900-01-01' });
    assert.equal([error.code, error.data.requested], [-32022, '1900-01-01']);
    assert.ok((await modern(connection, `between ${id}`, 'tools/list')).result);
  }
});

for (const method of [
  'initialize',
  'ping',
  'shutdown',
  'logging/setLevel',
  'resources/subscribe',
  'resources/unsubscribe',
  'tasks/list',
  'foo/bar',
  '',
  '__proto__',
  'constructor',
]) {
  test(`the modern era has no method "${method}"`, async () => {
    const connection = new InMemoryConnection();
    await connection.initialize();
    assert.is((await modern(connection, 1, method)).error.code, -32601);
  });
}

for (const method of ['server/discover', 'subscriptions/listen', 'tasks/list', 'foo/bar', '', '__proto__']) {
  test(`the legacy era has no method "${method}"`, async () => {
    const connection = new InMemoryConnection();
    await connection.initialize();
    assert.is((await connection.request(1, method)).error.code, -32601);
  });
}

for (const [method, params, legacy, newer] of [
  ['tools/call', { name: 'nope' }, -32001, -32602],
  ['tools/call', { name: '__proto__' }, -32001, -32602],
  ['tools/call', {}, -32602, -32602],
  ['tools/call', { name: 'echo', arguments: [] }, -32602, -32602],
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

test('lists go on where the last page ended, in both eras', async () => {
  const connection = new InMemoryConnection({ pageSize: 4 });
  await connection.initialize();
  const whole = connection.application.queries.listTools({ limit: 1000 }).items.map(({ name }) => name);
  for (const request of [
    (id: string, params: object) => connection.request(id, 'tools/list', params),
    (id: string, params: object) => modern(connection, id, 'tools/list', params),
  ]) {
    const names: string[] = [];
    let params = {};
    for (let page = 1; ; page++) {
      const { result } = await request(`page ${page} of ${request}`, params);
      names.push(...result.tools.map(({ name }: { name: string }) => name));
      if (result.nextCursor === undefined) break;
      params = { cursor: result.nextCursor };
    }
    assert.equal(names, whole);
  }
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

test('a broken _meta is refused', async () => {
  const connection = new InMemoryConnection();
  await connection.initialize();
  for (const _meta of [5, null, [], { progressToken: 1.5 }]) {
    connection.send(requestOf(JSON.stringify(_meta), 'ping', { _meta }));
    assert.is((await connection.answer(JSON.stringify(_meta))).error.code, -32602);
  }
});

test('arrays come in where the revision agreed on has them', async () => {
  for (const [version, code] of [
    ['2024-11-05', undefined],
    ['2025-03-26', undefined],
    ['2025-06-18', -32600],
    ['2025-11-25', -32600],
  ] as const) {
    const connection = new InMemoryConnection();
    await connection.initialize(version);
    connection.send([requestOf(1, 'ping'), { jsonrpc: '2.0', method: 'x' }, requestOf(2, 'foo'), 1]);
    const frame = await connection.until((found) => Array.isArray(found) || found.error, 'an answer');
    if (code === undefined) {
      assert.equal(
        frame.map((one: { id?: unknown; error?: { code: number } }) => [one.id, one.error?.code]).sort(),
        [
          [1, undefined],
          [2, -32601],
          [undefined, -32600],
        ].sort(),
      );
    } else assert.equal([frame.error.code, 'id' in frame], [code, false]);
  }
});

for (const [what, batch] of [
  ['nothing was agreed on', [requestOf(1, 'ping')]],
  ['one of them is modern', [requestOf(1, 'ping'), modernRequestOf(2, 'tools/list')]],
] as const) {
  test(`an array is refused as one where ${what}`, async () => {
    const connection = new InMemoryConnection();
    if (batch.length > 1) await connection.initialize('2025-03-26');
    connection.send(batch);
    const { error } = await connection.until((frame) => frame.error, 'a refusal');
    assert.is(error.code, -32600);
    assert.not.ok(connection.frames.some(Array.isArray));
  });
}

test('initialize comes alone', async () => {
  const connection = new InMemoryConnection();
  await connection.initialize('2025-03-26');
  connection.send([requestOf(1, 'initialize', initializeParams('2025-03-26'))]);
  const [answer] = await connection.until(Array.isArray, 'an array');
  assert.equal([answer.id, answer.error.code], [1, -32600]);
  assert.ok((await connection.request(2, 'tools/list')).result, 'the session is still there');
});

test.run();
