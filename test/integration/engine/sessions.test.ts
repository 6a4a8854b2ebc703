import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { SessionId } from '../../../src/domain/session/session-events.ts';
import { MemorySessionRepository } from '../../../src/infrastructure/persistence/memory/session-repository.ts';
import {
  InMemoryConnection,
  initializeParams,
  modernRequestOf,
  requestOf,
} from '../../support/in-memory-connection.ts';
import { echo, initialize, listenToSessions } from './session-desk.ts';

const test = suite('engine: sessions');

test('initialize says what was agreed, what there is and who answers', async () => {
  const connection = new InMemoryConnection();
  assert.equal((await connection.initialize('2025-06-18')).result, {
    protocolVersion: '2025-06-18',
    capabilities: {
      tools: { listChanged: true },
      resources: { subscribe: true, listChanged: true },
      prompts: { listChanged: true },
      completions: {},
      logging: {},
    },
    serverInfo: { name: 'fixture', title: 'Fixture', version: '1.0.0' },
    instructions: 'Test it.',
  });
});

test('the first session of a connection has the id that its client was told, the next one of its own', async () => {
  const told = 'told' as SessionId;
  const connection = new InMemoryConnection({ sessionId: told });
  const ids: SessionId[] = [];
  connection.application.events.on('SessionCreated', ({ payload }) => ids.push(payload.sessionId));
  await connection.initialize();
  await connection.request(1, 'initialize', initializeParams('2025-11-25'));
  assert.is(ids.length, 2);
  assert.equal([ids[0] === told, ids[1] === told], [true, false]);
});

test('a session is ready once the client confirms', async () => {
  const connection = new InMemoryConnection();
  const told = listenToSessions(connection);
  await connection.initialize();
  await connection.request(1, 'ping');
  assert.equal(told, ['SessionCreated', 'SessionInitialized']);
});

test('a client that goes on without confirming is served, and counts as ready', async () => {
  const connection = new InMemoryConnection();
  const told = listenToSessions(connection);
  connection.send(initialize(1), requestOf(2, 'ping'), echo(3), echo(4));
  for (const id of [2, 3, 4]) assert.ok((await connection.answer(id)).result);
  connection.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
  await connection.request(5, 'ping');
  assert.equal(told, ['SessionCreated', 'SessionInitialized']);
});

test('a ping is no confirmation', async () => {
  const connection = new InMemoryConnection();
  const told = listenToSessions(connection);
  await connection.request(1, 'initialize', initializeParams('2025-11-25'));
  await connection.request(2, 'ping');
  assert.equal(told, ['SessionCreated']);
});

test('what comes right behind initialize waits for it', async () => {
  const connection = new InMemoryConnection();
  connection.send(initialize(1), { jsonrpc: '2.0', method: 'notifications/initialized' }, echo(2));
  await connection.answer(2);
  assert.equal(
    connection.frames.map(({ id }) => id),
    [1, 2],
  );
});

for (const [what, params] of [
  ['without params', undefined],
  ['without a version', { capabilities: {}, clientInfo: { name: 'n', version: 'v' } }],
  ['with a version that is a number', { ...initializeParams('x'), protocolVersion: 1 }],
  ['without a client', { protocolVersion: '2025-11-25', capabilities: {} }],
  ['with a broken _meta', { ...initializeParams('2025-11-25'), _meta: 5 }],
] as const) {
  test(`an initialize ${what} is refused and leaves no session behind`, async () => {
    const connection = new InMemoryConnection();
    const told = listenToSessions(connection);
    assert.is((await connection.request(1, 'initialize', params)).error.code, -32602);
    assert.is((await connection.request(2, 'tools/list')).error.data.code, 'session.missing');
    assert.equal(told, []);
  });
}

test('a session that can’t be stored is none; the next initialize may open one', async () => {
  const sessions = new MemorySessionRepository();
  const add = sessions.add.bind(sessions);
  sessions.add = () => Promise.reject(new Error('the disk is full'));
  const connection = new InMemoryConnection({ sessions });
  connection.send(initialize(1), echo(2));
  assert.is((await connection.answer(1)).error.code, -32603);
  assert.is((await connection.answer(2)).error.code, -32603);
  assert.is((await connection.request(3, 'tools/list')).error.data.code, 'session.missing');
  sessions.add = add;
  assert.ok((await connection.request(4, 'initialize', initializeParams('2025-11-25'))).result);
  assert.ok((await connection.request(5, 'tools/list')).result);
});

test('initialize can’t be cancelled', async () => {
  const connection = new InMemoryConnection();
  connection.send(initialize(1), {
    jsonrpc: '2.0',
    method: 'notifications/cancelled',
    params: { requestId: 1 },
  });
  assert.ok((await connection.answer(1)).result);
});

test('initialize, ping and shutdown as notifications do nothing', async () => {
  const connection = new InMemoryConnection();
  for (const method of [
    'initialize',
    'ping',
    'shutdown',
    'notifications/initialized',
    'notifications/foo',
    '',
  ]) {
    connection.send({ jsonrpc: '2.0', method, params: initializeParams('2025-11-25') });
  }
  assert.is((await connection.request(1, 'tools/list')).error.data.code, 'session.missing');
  assert.is(connection.frames.length, 1);
  assert.is(connection.shutdowns, 0);
});

test('shutdown is answered first and ends the session then', async () => {
  const connection = new InMemoryConnection();
  await connection.initialize();
  await connection.request(0, 'tools/list');
  connection.send(requestOf(1, 'shutdown'), {
    jsonrpc: '2.0',
    method: 'notifications/cancelled',
    params: { requestId: 1 },
  });
  assert.equal((await connection.answer(1)).result, {});
  assert.is(connection.shutdowns, 1);
});

test('there is no shutdown without a session', async () => {
  const connection = new InMemoryConnection();
  assert.is((await connection.request(1, 'shutdown')).error.code, -32602);
  connection.send(modernRequestOf(2, 'shutdown'));
  assert.is((await connection.answer(2)).error.code, -32601);
  assert.is(connection.shutdowns, 0);
});

test('changes to one session, sent in one go, are all kept', async () => {
  const connection = new InMemoryConnection();
  await connection.initialize();
  connection.send(
    requestOf(1, 'logging/setLevel', { level: 'error' }),
    requestOf(2, 'resources/subscribe', { uri: 'test://static' }),
    requestOf(3, 'resources/subscribe', { uri: 'test://binary' }),
  );
  for (const id of [1, 2, 3]) assert.equal((await connection.answer(id)).result, {});
  for (const uri of ['test://static', 'test://binary']) {
    await connection.request(uri, 'tools/call', { name: 'touch', arguments: { uri } });
    const isTold = (frame: { method?: string; params?: { uri?: string } }) =>
      frame.method === 'notifications/resources/updated' && frame.params?.uri === uri;
    await connection.until(isTold, `the update of ${uri}`);
  }
  await connection.request(4, 'tools/call', { name: 'log', arguments: {} });
  const levels = connection.frames.filter(({ method }) => method === 'notifications/message');
  assert.equal(
    levels.map(({ params }) => params.level),
    ['error'],
  );
});

test.run();
