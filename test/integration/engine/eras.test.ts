import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InMemoryConnection, modernRequestOf, requestOf } from '../../support/in-memory-connection.ts';

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

test('a broken _meta is refused', async () => {
  const connection = new InMemoryConnection();
  await connection.initialize();
  for (const _meta of [5, '', [1], { progressToken: 1.5 }]) {
    connection.send(requestOf(JSON.stringify(_meta), 'ping', { _meta }));
    assert.is((await connection.answer(JSON.stringify(_meta))).error.code, -32602);
  }
});

test.run();
