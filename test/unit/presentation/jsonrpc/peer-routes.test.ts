import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseFrame } from '../../../../src/presentation/jsonrpc/parse.ts';
import { openPeer, request, settle } from './peer-desk.ts';

const test = suite('peer, frames with a stream of their own');

type Desk = ReturnType<typeof openPeer>;

/** Hands over one frame with a reply of its own, and keeps what happens to that. */
function receive({ peer }: Desk, message: unknown) {
  const told: unknown[] = [];
  peer.take(parseFrame(JSON.stringify(message)), {
    send: (frame) => told.push(['sent', JSON.parse(frame).method ?? JSON.parse(frame)]),
    finish: (answer, error) => told.push(['finished', answer && JSON.parse(answer), error]),
  });
  return told;
}

const result = (id: number, value: unknown) => ({ jsonrpc: '2.0', id, result: value });

test('the answer comes on it, and nothing on the shared stream', async () => {
  const desk = openPeer();
  const first = receive(desk, request(1));
  const second = receive(desk, request(2));
  desk.calls[1]?.answer('b');
  desk.calls[0]?.answer('a');
  await settle();
  assert.equal(first, [['finished', result(1, 'a'), undefined]]);
  assert.equal(second, [['finished', result(2, 'b'), undefined]]);
  assert.equal(desk.texts, []);
});

test('what belongs to a request comes on its stream, before the answer', async () => {
  const desk = openPeer();
  const told = receive(desk, request(1));
  const [call] = desk.calls;
  call?.exchange.notify('notifications/progress', {});
  const asked = call?.exchange.ask('roots/list', {});
  desk.receive({ jsonrpc: '2.0', id: 's1', result: { roots: [] } });
  assert.equal(await asked, { roots: [] });
  call?.answer('done');
  await settle();
  call?.exchange.notify('notifications/progress', {});
  assert.equal(told, [
    ['sent', 'notifications/progress'],
    ['sent', 'roots/list'],
    ['finished', result(1, 'done'), undefined],
  ]);
  assert.equal(desk.texts, []);
});

test('what belongs to no request comes on the shared stream', () => {
  const desk = openPeer();
  const told = receive(desk, request(1));
  desk.peer.notify('notifications/tools/list_changed', {});
  assert.equal(told, []);
  assert.is(desk.frames()[0].method, 'notifications/tools/list_changed');
});

for (const [what, message] of [
  ['a notification', { jsonrpc: '2.0', method: 'notifications/foo' }],
  ['a response', { jsonrpc: '2.0', id: 'nobody', result: {} }],
  ['a batch of notifications', [{ jsonrpc: '2.0', method: 'notifications/foo' }]],
] as const) {
  test(`${what} is finished without an answer`, () => {
    assert.equal(receive(openPeer(), message), [['finished', undefined, undefined]]);
  });
}

test('a cancelled request is finished without an answer', async () => {
  const desk = openPeer();
  const told = receive(desk, request(1));
  desk.peer.cancel(1, new Error('Enough'));
  desk.calls[0]?.fail(new Error('Enough'));
  await settle();
  assert.equal(told, [['finished', undefined, undefined]]);
  assert.equal(desk.unexpected, []);
});

test('a batch is finished once, with all answers in one array', async () => {
  const desk = openPeer();
  const told = receive(desk, [request(1), { jsonrpc: '2.0', method: 'notifications/foo' }, request(2)]);
  desk.calls[1]?.answer('b');
  desk.calls[0]?.answer('a');
  await settle();
  assert.equal(told, [['finished', [result(2, 'b'), result(1, 'a')], undefined]]);
});

test('the error number is told beside the answer', async () => {
  const desk = openPeer();
  const invalid = receive(desk, 42);
  const failing = receive(desk, request(1));
  const doubled = receive(desk, request(1));
  desk.calls[0]?.fail(new Error('Unforeseen'));
  await settle();
  const numbers = [invalid, failing, doubled].map((told) => (told[0] as unknown[])[2]);
  assert.equal(numbers, [-32600, -32603, -32600]);
});

test.run();
