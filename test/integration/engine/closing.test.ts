import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { resourceUpdated } from '../../../src/domain/resource/resource-events.ts';
import type { SessionId } from '../../../src/domain/session/session-events.ts';
import type { EventId } from '../../../src/domain/shared/domain-event.ts';
import { MemorySessionRepository } from '../../../src/infrastructure/persistence/memory/session-repository.ts';
import { InMemoryConnection, modernRequestOf, requestOf } from '../../support/in-memory-connection.ts';

const test = suite('engine: closing');

const never = new Promise<void>(() => undefined);
const slow = (id: string | number, ms: number) =>
  requestOf(id, 'tools/call', { name: 'slow', arguments: { ms } });
const held = (id: string | number) =>
  requestOf(id, 'tools/call', { name: 'progress', arguments: { steps: 0, until: 'test://end' } });
const touch = { name: 'touch', arguments: { uri: 'test://end' } };

async function open(sessions = new MemorySessionRepository()): Promise<InMemoryConnection> {
  const connection = new InMemoryConnection({ sessions });
  await connection.initialize();
  await connection.request('ready', 'tools/list');
  return connection;
}

test('an idle connection closes at once', async () => {
  const connection = await open();
  await connection.close(never);
});

test('a connection that never had a session closes, too', async () => {
  const connection = new InMemoryConnection();
  connection.send(modernRequestOf(1, 'tools/list'));
  await connection.close(never);
  assert.ok((await connection.answer(1)).result);
});

test('a connection whose initialize failed closes, too', async () => {
  const connection = new InMemoryConnection();
  await connection.request(1, 'initialize', {});
  await connection.close(never);
});

test('what is under way is finished, answered and written first', async () => {
  const connection = await open();
  connection.send(held(1), modernRequestOf(2, 'tools/call', { name: 'slow', arguments: { ms: 1 } }));
  const closing = connection.close(never);
  connection.send(modernRequestOf(3, 'tools/call', touch));
  await closing;
  const answered = connection.frames.filter(({ result }) => result !== undefined).map(({ id }) => id);
  assert.equal(answered.slice(2).sort(), [1, 2, 3]);
});

test('a session that is still being opened is opened first', async () => {
  const connection = new InMemoryConnection();
  const told: string[] = [];
  connection.application.events.on('SessionClosed', () => told.push('closed'));
  const params = {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'n', version: 'v' },
  };
  connection.send(requestOf(1, 'initialize', params), slow(2, 1));
  await connection.close(never);
  assert.ok((await connection.answer(1)).result);
  assert.ok((await connection.answer(2)).result);
  assert.equal(told, ['closed']);
});

test('at the deadline the rest is ended unanswered', async () => {
  const connection = await open();
  connection.send(slow(1, 60_000), slow(2, 60_000));
  const { promise: deadline, resolve: expire } = Promise.withResolvers<void>();
  const closing = connection.close(deadline);
  assert.equal((await connection.request(3, 'ping')).result, {}, 'it still waits');
  expire();
  await closing;
  await connection.connection.peer.whenIdle();
  assert.not.ok(connection.frames.some(({ id }) => id === 1 || id === 2));
  assert.equal(connection.unexpected, []);
});

test('a tool that doesn’t listen holds nobody up beyond the deadline', async () => {
  const connection = await open();
  connection.send(requestOf(1, 'tools/call', { name: 'stubborn', arguments: { ms: 20 } }));
  await connection.close(Promise.resolve());
  await connection.connection.peer.whenIdle();
  assert.not.ok(
    connection.frames.some(({ id }) => id === 1),
    'its late result is for nobody',
  );
});

test('the session is closed and forgotten when its work has ended', async () => {
  const sessions = new MemorySessionRepository();
  const connection = await open(sessions);
  const told: SessionId[] = [];
  const ids: SessionId[] = [];
  connection.application.events.on('SessionClosed', ({ payload }) => told.push(payload.sessionId));
  connection.application.events.on('ToolExecuted', ({ payload }) => {
    if (payload.sessionId) ids.push(payload.sessionId);
  });
  connection.send(held(1));
  const closing = connection.close(never);
  assert.equal(told, []);
  connection.send(modernRequestOf(2, 'tools/call', touch));
  await closing;
  assert.is(ids.length, 1);
  assert.equal(told, ids);
  assert.is(await sessions.find(ids[0] as SessionId), undefined);
});

test('open subscriptions end with their result, then say that they are over', async () => {
  const connection = new InMemoryConnection();
  for (const id of [0, 'b']) {
    connection.send(
      modernRequestOf(id, 'subscriptions/listen', { notifications: { toolsListChanged: true } }),
    );
  }
  await connection.close(never);
  for (const id of [0, 'b']) {
    const { result } = await connection.answer(id);
    assert.is(result.resultType, 'complete');
    assert.is(result._meta['io.modelcontextprotocol/subscriptionId'], id);
    const cancelled = connection.frames.findIndex(
      ({ method, params }) => method === 'notifications/cancelled' && params.requestId === id,
    );
    assert.ok(cancelled > connection.frames.findIndex((frame) => frame.id === id && frame.result));
  }
});

test('nothing that changes is told any more', async () => {
  const connection = await open();
  await connection.request(1, 'resources/subscribe', { uri: 'test://static' });
  await connection.close(never);
  const before = connection.frames.length;
  const stamp = { eventId: 'e-1' as EventId, occurredAt: '2026-01-01T00:00:00.000Z' };
  connection.application.events.publish([resourceUpdated('test://static', stamp)]);
  connection.application.commands.registerPrompt({
    prompt: { name: 'brand_new', description: 'For tests', arguments: [] },
    get: async () => ({ messages: [] }),
  });
  await connection.request(2, 'ping');
  assert.is(connection.frames.length, before + 1);
});

test('a connection that is closed listens to nothing any more', async () => {
  const connection = await open();
  const { events } = connection.application;
  const types = ['ToolRegistered', 'ResourceRegistered', 'ResourceUpdated', 'PromptRegistered'] as const;
  assert.ok(types.every((type) => events.hears(type, 'registration')));
  await connection.close(never);
  assert.not.ok(types.some((type) => events.hears(type, 'registration')));
});

test('a request that comes after the end of the session is told so', async () => {
  const connection = await open();
  await connection.close(never);
  assert.is((await connection.request(1, 'tools/list')).error.code, -32602);
});

test('closing twice is closing once', async () => {
  const connection = await open();
  const told: string[] = [];
  connection.application.events.on('SessionClosed', () => told.push('closed'));
  await Promise.all([connection.close(never), connection.close(never)]);
  await connection.close(never);
  assert.equal(told, ['closed']);
});

test.run();
