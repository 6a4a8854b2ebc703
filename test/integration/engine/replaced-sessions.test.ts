import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { MemorySessionRepository } from '../../../src/infrastructure/persistence/memory/session-repository.ts';
import {
  InMemoryConnection,
  initializeParams,
  modernRequestOf,
  requestOf,
} from '../../support/in-memory-connection.ts';
import { echo, initialize, listenToSessions } from './session-desk.ts';

const test = suite('engine: sessions that follow each other');

test('a wrong initialize leaves the session that there is alone', async () => {
  const connection = new InMemoryConnection();
  await connection.initialize('2025-06-18');
  assert.is((await connection.request(1, 'initialize', {})).error.code, -32602);
  assert.ok((await connection.request(2, 'tools/list')).result.tools[0].title, 'still 2025-06-18');
});

test('a second initialize opens a new session with its own revision', async () => {
  const connection = new InMemoryConnection();
  const told = listenToSessions(connection);
  await connection.initialize('2025-11-25');
  await connection.request(1, 'logging/setLevel', { level: 'emergency' });
  const second = await connection.request(2, 'initialize', initializeParams('2024-11-05'));
  assert.is(second.result.protocolVersion, '2024-11-05');
  const { tools } = (await connection.request(3, 'tools/list')).result;
  assert.not.ok('title' in tools[0], 'tools as 2024-11-05 knows them');
  await connection.request(4, 'tools/call', { name: 'log', arguments: {} });
  assert.ok(
    connection.frames.some(({ method }) => method === 'notifications/message'),
    'the log level is the new session’s',
  );
  assert.equal(told, [
    'SessionCreated',
    'SessionInitialized',
    'SessionClosed',
    'SessionCreated',
    'SessionInitialized',
  ]);
});

test('two initializes in one go are both answered; what comes behind is the second session’s', async () => {
  const connection = new InMemoryConnection();
  connection.send(
    initialize(1, '2025-11-25'),
    initialize(2, '2024-11-05'),
    requestOf(3, 'tools/list'),
    echo(4),
  );
  assert.is((await connection.answer(1)).result.protocolVersion, '2025-11-25');
  assert.is((await connection.answer(2)).result.protocolVersion, '2024-11-05');
  assert.not.ok('title' in (await connection.answer(3)).result.tools[0]);
  assert.ok((await connection.answer(4)).result);
});

test('a second initialize ends the work of the first session, and nobody else’s', async () => {
  const connection = new InMemoryConnection();
  await connection.initialize();
  await connection.request('ready', 'tools/list');
  const held = { name: 'progress', arguments: { steps: 0, until: 'test://static' } };
  connection.send(requestOf('legacy', 'tools/call', held), modernRequestOf('modern', 'tools/call', held));
  await connection.request(1, 'initialize', initializeParams('2025-11-25'));
  await connection.request(2, 'tools/call', { name: 'touch', arguments: { uri: 'test://static' } });
  assert.ok((await connection.answer('modern')).result);
  await connection.connection.peer.whenIdle();
  const { error } = await connection.answer('legacy');
  assert.equal([error.code, error.data.code], [-32600, 'session.replaced']);
  assert.is(connection.frames.filter(({ id }) => id === 'legacy').length, 1);
});

test('what a second initialize ends is answered before it, and its ids are free', async () => {
  const connection = new InMemoryConnection();
  const told = listenToSessions(connection);
  await connection.initialize('2025-03-26');
  await connection.request('ready', 'tools/list');
  const held = { name: 'progress', arguments: { steps: 0, until: 'test://static' } };
  connection.send(
    requestOf(1, 'tools/call', held),
    [requestOf(2, 'tools/call', held), requestOf(3, 'ping')],
    requestOf(4, 'initialize', initializeParams('2025-11-25')),
    requestOf(1, 'ping'),
    requestOf(2, 'tools/list'),
  );
  assert.ok((await connection.answer(2)).result.tools);
  await connection.request(5, 'tools/call', { name: 'touch', arguments: { uri: 'test://static' } });
  await connection.connection.peer.whenIdle(); // the work has ended, and says nothing
  const after = connection.frames.slice(connection.frames.findIndex(({ id }) => id === 'ready') + 1);
  const shown = (frame: (typeof after)[number]) => [frame.id, frame.error?.data.code ?? 'done'];
  assert.equal(
    after.map((frame) => (Array.isArray(frame) ? frame.map(shown) : shown(frame))),
    [
      [1, 'session.replaced'],
      [
        [3, 'done'],
        [2, 'session.replaced'],
      ],
      [4, 'done'],
      [1, 'done'],
      [2, 'done'],
      [5, 'done'],
    ],
  );
  assert.equal(told, [
    'SessionCreated',
    'SessionInitialized',
    'SessionClosed',
    'SessionCreated',
    'SessionInitialized',
  ]);
});

test('what waits for a session that is replaced before it is there is answered', async () => {
  const connection = new InMemoryConnection();
  connection.send(
    initialize(1, '2025-11-25'),
    requestOf(2, 'tools/list'),
    echo(3),
    initialize(4, '2025-11-25'),
    requestOf(5, 'ping'),
  );
  for (const id of [1, 2, 3, 4, 5]) await connection.answer(id);
  assert.equal(connection.unexpected, []);
});

test('while a second session is being opened, nothing is served in the first', async () => {
  const sessions = new MemorySessionRepository();
  const { promise: mayOpen, resolve: open } = Promise.withResolvers<void>();
  const add = sessions.add.bind(sessions);
  let added = 0;
  sessions.add = async (session) => {
    added += 1;
    if (added === 2) await mayOpen;
    await add(session);
  };
  const connection = new InMemoryConnection({ sessions });
  connection.send(initialize(1, '2025-11-25'), initialize(2, '2024-11-05'));
  await connection.answer(1);
  connection.send(requestOf(3, 'tools/list'));
  open();
  assert.not.ok('title' in (await connection.answer(3)).result.tools[0]);
  assert.equal(
    connection.frames.map(({ id }) => id),
    [1, 2, 3],
  );
});

test.run();
