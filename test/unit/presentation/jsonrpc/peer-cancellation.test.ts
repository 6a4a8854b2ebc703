import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RpcError } from '../../../../src/presentation/jsonrpc/rpc-error.ts';
import { openPeer, request, settle } from './peer-desk.ts';

const test = suite('peer, what ends early');

const result = (id: string | number, value: unknown) => ({ jsonrpc: '2.0', id, result: value });

test('a cancelled request has no answer, whatever becomes of it', async () => {
  for (const end of ['answer', 'fail'] as const) {
    const desk = openPeer();
    desk.receive(request(7));
    desk.receive(request(8));
    const reason = new Error('cancelled');
    desk.peer.cancel(7, reason);
    assert.is(desk.calls[0]?.exchange.signal.reason, reason);
    assert.not(desk.calls[1]?.exchange.signal.aborted);
    desk.calls[0]?.exchange.notify('notifications/progress', {});
    desk.calls[0]?.[end](new Error('too late'));
    desk.calls[1]?.answer('done');
    await settle();
    assert.equal(desk.frames(), [result(8, 'done')]);
    assert.equal(desk.unexpected, [], 'a cancelled request fails for nobody');
  }
});

test('cancelling what is unknown, answered or of another type is no error', async () => {
  const desk = openPeer();
  desk.receive(request(7));
  for (const id of ['7', 8, '']) desk.peer.cancel(id, new Error('cancelled'));
  desk.calls[0]?.answer('done');
  await settle();
  desk.peer.cancel(7, new Error('cancelled'));
  assert.equal(desk.frames(), [result(7, 'done')]);
});

test('all work ends at once, unanswered', async () => {
  const desk = openPeer();
  desk.receive(request(1));
  desk.receive([request(2), request(3)]);
  desk.peer.cancelAll(new Error('stopping'));
  for (const { exchange, answer } of desk.calls) {
    assert.ok(exchange.signal.aborted);
    answer('too late');
  }
  await settle();
  assert.equal(desk.texts, []);
  assert.is(desk.peer.requestsInFlight, 0);
});

const replaced = new RpcError(-32600, 'The session was replaced', { code: 'session.replaced' });

test('all work of one owner is answered with an error at once, once, and nobody else’s', async () => {
  const desk = openPeer();
  for (const [id, owner] of [
    [1, 'a'],
    [2, 'b'],
    [3, undefined],
  ] as const) {
    desk.receive(request(id));
    const call = desk.calls.at(-1);
    if (call) call.exchange.owner = owner;
  }
  desk.peer.dismissAll(replaced, 'a');
  assert.equal(desk.frames(), [{ jsonrpc: '2.0', id: 1, error: replaced.toObject() }]);
  assert.equal(
    desk.calls.map(({ exchange }) => exchange.signal.aborted),
    [true, false, false],
  );
  desk.calls[0]?.answer('too late');
  desk.calls[1]?.answer('done');
  await settle();
  assert.equal(desk.frames().slice(1), [{ jsonrpc: '2.0', id: 2, result: 'done' }]);
});

test('an id whose request was dismissed may be used anew before its work has ended', async () => {
  const desk = openPeer();
  desk.receive(request(1));
  const [first] = desk.calls;
  if (first) first.exchange.owner = 'a';
  desk.peer.dismissAll(replaced, 'a');
  desk.receive(request(1));
  first?.fail(new Error('aborted'));
  await settle();
  assert.is(desk.peer.requestsInFlight, 1);
  desk.peer.cancel(1, new Error('it is the second that is cancelled'));
  assert.ok(desk.calls[1]?.exchange.signal.aborted);
});

test('dismissed work is work until it ends', async () => {
  const desk = openPeer();
  desk.receive([request(1), request(2)]);
  for (const { exchange } of desk.calls) exchange.owner = 'a';
  let isIdle = false;
  void desk.peer.whenIdle().then(() => {
    isIdle = true;
  });
  desk.peer.dismissAll(replaced, 'a');
  await settle();
  assert.not(isIdle);
  assert.is(desk.peer.requestsInFlight, 2);
  for (const { answer } of desk.calls) answer('too late');
  await settle();
  assert.ok(isIdle);
  assert.equal(
    desk
      .frames()
      .map((answers) => answers.map(({ id, error }: { id: number; error: object }) => [id, error])),
    [
      [
        [1, replaced.toObject()],
        [2, replaced.toObject()],
      ],
    ],
  );
});

test('the peer is idle when no request is under way, cancelled ones included', async () => {
  const desk = openPeer();
  await desk.peer.whenIdle();
  desk.receive(request(1));
  desk.receive(request(2));
  let isIdle = 0;
  const note = () => {
    isIdle += 1;
  };
  void desk.peer.whenIdle().then(note);
  void desk.peer.whenIdle().then(note);
  desk.calls[0]?.answer('done');
  await settle();
  assert.is(isIdle, 0);
  desk.peer.cancel(2, new Error('cancelled'));
  await settle();
  assert.is(isIdle, 0, 'cancelled work is work until it ends');
  desk.calls[1]?.fail(new Error('aborted'));
  await settle();
  assert.is(isIdle, 2);
});

test('the peer is idle at once after work that needed no waiting', async () => {
  const desk = openPeer({ handle: () => 'done' });
  desk.receive(request(1));
  await desk.peer.whenIdle();
  assert.is(desk.texts.length, 1);
});

test('a question ends with the request that asked it', async () => {
  const desk = openPeer({ handle: (_, exchange) => exchange.ask('roots/list', {}) });
  desk.receive(request(1));
  desk.peer.cancel(1, new Error('enough'));
  await settle();
  assert.equal(desk.frames()[1], {
    jsonrpc: '2.0',
    method: 'notifications/cancelled',
    params: { requestId: 's1', reason: 'enough' },
  });
  assert.is(desk.texts.length, 2);
});

test.run();
