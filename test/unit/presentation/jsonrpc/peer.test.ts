import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openPeer, request, settle } from './peer-desk.ts';

const test = suite('peer');

const result = (id: string | number, value: unknown) => ({ jsonrpc: '2.0', id, result: value });
const codes = (frames: readonly { readonly id?: unknown; readonly error?: { readonly code: number } }[]) =>
  frames.map(({ id, error }) => [id, error?.code]);

test('the peer answers at once what needs no waiting', () => {
  const desk = openPeer({ handle: ({ method, params }) => ({ method, params: params ?? null }) });
  desk.receive(request(1, 'a', { b: 1 }));
  desk.receive(request('x', 'c'));
  assert.equal(desk.frames(), [
    result(1, { method: 'a', params: { b: 1 } }),
    result('x', { method: 'c', params: null }),
  ]);
});

test('the peer runs requests side by side and answers each when it is ready', async () => {
  const desk = openPeer();
  for (const id of [1, 2, 3]) desk.receive(request(id));
  assert.is(desk.calls.length, 3);
  desk.calls[2]?.answer('c');
  await settle();
  desk.calls[0]?.answer('a');
  await settle();
  desk.calls[1]?.answer('b');
  await settle();
  assert.equal(desk.frames(), [result(3, 'c'), result(1, 'a'), result(2, 'b')]);
});

test('the peer refuses an id that is still in use at once, and leaves the first request alone', async () => {
  const desk = openPeer();
  desk.receive(request(7));
  desk.receive(request(7));
  assert.equal(codes(desk.frames()), [[7, -32600]]);
  desk.calls[0]?.answer('first');
  await settle();
  assert.equal(desk.frames()[1], result(7, 'first'));
  assert.is(desk.calls.length, 1);
});

test('the peer takes an id again once it was answered', async () => {
  const desk = openPeer();
  desk.receive(request(7));
  desk.calls[0]?.answer('first');
  await settle();
  desk.receive(request(7));
  desk.calls[1]?.answer('second');
  await settle();
  assert.equal(desk.frames(), [result(7, 'first'), result(7, 'second')]);
});

test('7 is not "7"', async () => {
  const desk = openPeer();
  desk.receive(request(7));
  desk.receive(request('7'));
  for (const { answer } of desk.calls) answer('done');
  await settle();
  assert.equal(desk.frames(), [result(7, 'done'), result('7', 'done')]);
});

test('a notification takes effect before the next message is read, and is never answered', () => {
  const desk = openPeer();
  desk.receive({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } });
  assert.equal(desk.notices, [
    { kind: 'notification', method: 'notifications/cancelled', params: { requestId: 1 } },
  ]);
  assert.equal(desk.texts, []);
});

test('a request method without an id does nothing', () => {
  const desk = openPeer();
  desk.receive({ jsonrpc: '2.0', method: 'initialize' });
  assert.equal([desk.calls.length, desk.notices.length, desk.texts.length], [0, 1, 0]);
});

test('the peer calls back right after the answer was handed over', async () => {
  const desk = openPeer();
  desk.receive(request(1));
  desk.calls[0]?.exchange.onceAnswered(() => desk.peer.notify('after', {}));
  desk.calls[0]?.answer('done');
  await settle();
  assert.equal(
    desk.frames().map(({ id, method }) => id ?? method),
    [1, 'after'],
  );
});

test('the peer sends notifications, droppable ones marked as such', () => {
  const desk = openPeer();
  desk.peer.notify('a', { n: 1 });
  desk.peer.notify('b', {}, { droppable: true });
  assert.equal(desk.frames(), [
    { jsonrpc: '2.0', method: 'a', params: { n: 1 } },
    { jsonrpc: '2.0', method: 'b', params: {} },
  ]);
  assert.equal(desk.options, [undefined, { droppable: true }]);
});

test('the peer asks the other side on behalf of a request', async () => {
  const desk = openPeer({ handle: (_, exchange) => exchange.ask('roots/list', {}) });
  desk.receive(request(1));
  assert.equal(desk.frames(), [{ jsonrpc: '2.0', id: 's1', method: 'roots/list', params: {} }]);
  desk.receive({ jsonrpc: '2.0', id: 's1', result: { roots: [] } });
  await settle();
  assert.equal(desk.frames()[1], result(1, { roots: [] }));
});

test('questions are given up when the other side will answer nothing more', async () => {
  const desk = openPeer({
    handle: (_, exchange) => exchange.ask('roots/list', {}).catch((error: Error) => error.message),
  });
  desk.receive(request(1));
  desk.peer.rejectPending(new Error('gone'));
  await settle();
  assert.equal(desk.frames()[1], result(1, 'gone'));
});

test('a response that nobody waits for is told to the operator and never answered', () => {
  const desk = openPeer();
  desk.receive({ jsonrpc: '2.0', id: 's1', result: {} });
  desk.receive({ jsonrpc: '2.0', id: null, error: { code: -32700, message: 'Parse error' } });
  desk.receive({ id: 5, result: {}, error: {} });
  assert.equal(desk.texts, []);
  assert.equal(desk.refused, Array(3).fill('A response that nobody waits for'));
});

test('the peer sends no notification that is longer than clients take', () => {
  const desk = openPeer({ maxFrameBytes: 1000 });
  desk.peer.notify('notifications/message', { data: 'x'.repeat(1000) });
  desk.peer.notify('notifications/message', { data: 'short' });
  assert.equal(
    desk.frames().map(({ params }) => params),
    [{ data: 'short' }],
  );
  assert.match(String(desk.refused), 'longer than clients take');
});

test.run();
