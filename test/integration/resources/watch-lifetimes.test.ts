import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  InMemoryConnection,
  initializeParams,
  modernRequestOf,
  requestOf,
} from '../../support/in-memory-connection.ts';

const test = suite('resources: how long they are watched');

const uri = 'test://watched';
const ACKNOWLEDGED = 'notifications/subscriptions/acknowledged';

/** An engine with a resource that counts who watches it. */
function desk() {
  const connection = new InMemoryConnection();
  const state = { watches: 0, begun: 0, gate: Promise.resolve() };
  connection.application.commands.registerResource({
    resource: { uri, name: 'watched', description: 'For tests' },
    read: async () => [{ uri, text: '' }],
    watch: async () => {
      state.begun += 1;
      await state.gate;
      state.watches += 1;
      return () => {
        state.watches -= 1;
      };
    },
  });
  const listen = async (id: number) => {
    connection.send(
      modernRequestOf(id, 'subscriptions/listen', { notifications: { resourceSubscriptions: [uri] } }),
    );
    await connection.until(
      ({ method, params }) => method === ACKNOWLEDGED && Object.values(params._meta).includes(id),
    );
  };
  const cancel = (requestId: number) =>
    connection.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId } });
  return { connection, state, listen, cancel };
}

test('legacy: until it is unsubscribed from', async () => {
  const { connection, state } = desk();
  await connection.initialize();
  await connection.request(1, 'resources/subscribe', { uri });
  await connection.request(2, 'resources/subscribe', { uri });
  assert.is(state.watches, 1);
  await connection.request(3, 'resources/unsubscribe', { uri });
  assert.is(state.watches, 0);
});

test('legacy: until the connection is closed', async () => {
  const { connection, state } = desk();
  await connection.initialize();
  await connection.request(1, 'resources/subscribe', { uri });
  await connection.close();
  assert.is(state.watches, 0);
});

test('legacy: until another session takes its place', async () => {
  const { connection, state } = desk();
  await connection.initialize();
  await connection.request(1, 'resources/subscribe', { uri });
  await connection.request(2, 'initialize', initializeParams('2025-11-25'));
  assert.is(state.watches, 0);
});

test('legacy: subscribing and unsubscribing in one breath leaves nothing', async () => {
  const { connection, state } = desk();
  await connection.initialize();
  connection.send(
    requestOf(1, 'resources/subscribe', { uri }),
    requestOf(2, 'resources/unsubscribe', { uri }),
  );
  await Promise.all([connection.answer(1), connection.answer(2)]);
  assert.equal([state.begun, state.watches], [1, 0]);
});

test('modern: until the listener cancels, and another’s goes on', async () => {
  const { connection, state, listen, cancel } = desk();
  await listen(1);
  await listen(2);
  assert.is(state.watches, 1);
  cancel(1);
  await connection.request(3, 'ping');
  assert.is(state.watches, 1);
  cancel(2);
  await connection.request(4, 'ping');
  assert.is(state.watches, 0);
});

test('modern: until the connection is closed', async () => {
  const { connection, state, listen } = desk();
  await listen(1);
  await connection.close();
  assert.is(state.watches, 0);
});

test('modern: not at all when the listener cancels before it begins', async () => {
  const { connection, state, cancel } = desk();
  const { promise, resolve } = Promise.withResolvers<void>();
  state.gate = promise;
  connection.send(
    modernRequestOf(1, 'subscriptions/listen', { notifications: { resourceSubscriptions: [uri] } }),
  );
  cancel(1);
  resolve();
  await connection.request(2, 'ping');
  assert.equal([state.begun, state.watches], [1, 0]);
  assert.not(connection.frames.some(({ method }) => method === ACKNOWLEDGED));
});

test('both eras share one', async () => {
  const { connection, state, listen, cancel } = desk();
  await connection.initialize();
  await connection.request(1, 'resources/subscribe', { uri });
  await listen(2);
  assert.is(state.watches, 1);
  await connection.request(3, 'resources/unsubscribe', { uri });
  assert.is(state.watches, 1);
  cancel(2);
  await connection.request(4, 'ping');
  assert.is(state.watches, 0);
});

test.run();
