import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { OpenConnections } from '../../../../../../src/presentation/transport/http/connections/open-connections.ts';

const test = suite('open-connections');

/** A connection with so many requests in flight, and what was done to it, in order. */
function connectionWith(requestsInFlight: number) {
  const steps: string[] = [];
  const { promise: idle, resolve: finish } = Promise.withResolvers<void>();
  const close = async (drain: Promise<unknown>) => {
    steps.push('closing');
    await drain;
    steps.push('drained');
  };
  return {
    steps,
    finish,
    connection: { close, peer: { requestsInFlight, whenIdle: () => idle } },
    end: () => void steps.push('ended'),
  };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('requests in flight are those of all connections that are open', () => {
  const connections = new OpenConnections();
  const [one, other] = [connectionWith(2), connectionWith(3)];
  for (const opened of [one, other]) connections.add(opened);
  assert.is(connections.requestsInFlight, 5);
  connections.delete(one);
  connections.delete(one);
  assert.is(connections.requestsInFlight, 3);
});

test('a connection’s streams end when its work has ended', async () => {
  const connections = new OpenConnections();
  const opened = connectionWith(1);
  const { promise: drain, resolve: passDrain } = Promise.withResolvers<void>();
  connections.add(opened);
  const closed = connections.closeAll(drain);
  assert.equal(opened.steps, ['closing']);
  passDrain();
  await turn();
  assert.equal([opened.steps, connections.requestsInFlight], [['closing', 'drained'], 1]);
  opened.finish();
  await closed;
  assert.equal([opened.steps, connections.requestsInFlight], [['closing', 'drained', 'ended'], 0]);
});

test('closing all waits for each, and says that it has begun', async () => {
  const connections = new OpenConnections();
  const [quick, slow] = [connectionWith(0), connectionWith(0)];
  for (const opened of [quick, slow]) connections.add(opened);
  assert.not(connections.isClosing);
  let isClosed = false;
  const closed = connections.closeAll(Promise.resolve()).then(() => {
    isClosed = true;
  });
  assert.ok(connections.isClosing);
  quick.finish();
  await turn();
  assert.equal([quick.steps.at(-1), slow.steps.at(-1), isClosed], ['ended', 'drained', false]);
  slow.finish();
  await closed;
});

test.run();
