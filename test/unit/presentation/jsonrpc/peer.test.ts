import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RpcError } from '../../../../src/presentation/jsonrpc/rpc-error.ts';
import { openPeer, request, settle } from './peer-desk.ts';

const test = suite('peer');

const result = (id: string | number, value: unknown) => ({ jsonrpc: '2.0', id, result: value });
const codes = (frames: readonly { readonly id?: unknown; readonly error?: { readonly code: number } }[]) =>
  frames.map(({ id, error }) => [id, error?.code]);

test('answers at once what needs no waiting', () => {
  const desk = openPeer({ handle: ({ method, params }) => ({ method, params: params ?? null }) });
  desk.receive(request(1, 'a', { b: 1 }));
  desk.receive(request('x', 'c'));
  assert.equal(desk.frames(), [
    result(1, { method: 'a', params: { b: 1 } }),
    result('x', { method: 'c', params: null }),
  ]);
});

test('runs requests side by side and answers each when it is ready', async () => {
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

test('refuses an id that is still in use at once, and leaves the first request alone', async () => {
  const desk = openPeer();
  desk.receive(request(7));
  desk.receive(request(7));
  assert.equal(codes(desk.frames()), [[7, -32600]]);
  desk.calls[0]?.answer('first');
  await settle();
  assert.equal(desk.frames()[1], result(7, 'first'));
  assert.is(desk.calls.length, 1);
});

test('takes an id again once it was answered', async () => {
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

const refusal = new RpcError(-32002, 'There is no such thing', { code: 'thing.not-found' });
const secret = new Error('/etc/shadow is missing');

for (const [when, failing] of [
  [
    'at once',
    (error: unknown) => () => {
      throw error;
    },
  ],
  ['later', (error: unknown) => () => Promise.reject(error)],
] as const) {
  test(`answers what is refused ${when} as it is`, async () => {
    const desk = openPeer({ handle: failing(refusal) });
    desk.receive(request(1));
    await settle();
    assert.equal(desk.frames(), [
      {
        jsonrpc: '2.0',
        id: 1,
        error: { code: -32002, message: 'There is no such thing', data: { code: 'thing.not-found' } },
      },
    ]);
    assert.equal(desk.unexpected, []);
  });

  test(`tells nothing of what nobody foresaw ${when} but the id it is noted under`, async () => {
    const desk = openPeer({ handle: failing(secret) });
    desk.receive(request(1, 'tools/call'));
    await settle();
    assert.equal(desk.frames(), [
      {
        jsonrpc: '2.0',
        id: 1,
        error: {
          code: -32603,
          message: 'Internal error',
          data: { code: 'internal', correlationId: 'correlation-1' },
        },
      },
    ]);
    assert.equal(desk.unexpected, [[secret, 'tools/call']]);
  });
}

const circle: Record<string, unknown> = {};
circle['self'] = circle;

for (const [what, unsayable] of [
  ['a BigInt', { n: 1n }],
  ['a circle', circle],
  ['nothing', undefined],
] as const) {
  test(`a result with ${what}, which JSON can't say, is a failure of ours`, async () => {
    for (const handle of [() => unsayable, async () => unsayable]) {
      const desk = openPeer({ handle });
      desk.receive(request(1));
      await settle();
      assert.equal(codes(desk.frames()), [[1, -32603]]);
      assert.instance(desk.unexpected[0]?.[0], TypeError);
    }
  });
}

test('the protocol gives a failure the name that its era has for it', () => {
  const desk = openPeer({
    handle: () => {
      throw secret;
    },
    explain: (error, { method }) =>
      error === secret ? new RpcError(-32001, `No ${method}`, { code: 'a.b' }) : error,
  });
  desk.receive(request(1, 'tools/call'));
  assert.equal(desk.frames()[0].error, { code: -32001, message: 'No tools/call', data: { code: 'a.b' } });
  assert.equal(desk.unexpected, []);
});

test('an answer may be one byte below the limit, and no longer', () => {
  for (const [text, sent] of [
    ['x'.repeat(463), 499],
    ['x'.repeat(464), 'refused'],
    [`${'€'.repeat(154)}x`, 499],
    [`${'€'.repeat(154)}xx`, 'refused'],
  ] as const) {
    const desk = openPeer({ handle: () => text, maxFrameBytes: 500 });
    desk.receive(request(1));
    const [frame] = desk.frames();
    assert.is(frame.error ? 'refused' : Buffer.byteLength(desk.texts[0] ?? ''), sent);
    if (frame.error) assert.equal([frame.id, frame.error.data.code], [1, 'answer.too-long']);
  }
});

test('an error answer that is too long says so instead', () => {
  const desk = openPeer({
    handle: () => {
      throw new RpcError(-32002, 'No', { uri: 'u'.repeat(1000) });
    },
    maxFrameBytes: 500,
  });
  desk.receive(request(1));
  assert.equal(codes(desk.frames()), [[1, -32603]]);
});

test('an id that alone would be too long isn’t echoed', async () => {
  const long = 'i'.repeat(1000);
  const desk = openPeer({ maxFrameBytes: 500 });
  desk.receive(request(long));
  desk.receive(request(long));
  desk.receive({ ...request(long), params: [] });
  desk.calls[0]?.answer('done');
  await settle();
  assert.equal(codes(desk.frames()), [
    [undefined, -32603],
    [undefined, -32603],
    [undefined, -32603],
  ]);
  assert.ok(desk.texts.every((text) => text.length < 500));
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

test('what can’t be read is refused and told to the operator', () => {
  const desk = openPeer();
  desk.peer.receive('no json');
  desk.receive(42);
  desk.receive({ jsonrpc: '1.0', id: 5, method: 'ping' });
  assert.equal(codes(desk.frames()), [
    [undefined, -32700],
    [undefined, -32600],
    [5, -32600],
  ]);
  assert.equal(
    desk.refused,
    desk.frames().map(({ error }) => error.message),
  );
  assert.ok(desk.frames().every((frame) => frame.id !== null));
});

test('a line that was too long to keep is refused without an id', () => {
  const desk = openPeer();
  desk.peer.refuseOversized(1000);
  assert.equal(desk.frames(), [
    {
      jsonrpc: '2.0',
      error: {
        code: -32600,
        message: 'Expected a message of at most 1000 bytes; it was not read',
        data: { code: 'message.too-long' },
      },
    },
  ]);
  assert.is(desk.refused.length, 1);
});

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

test('all work ends at once, or all of one owner', async () => {
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
  const cancelled = () => desk.calls.map(({ exchange }) => exchange.isCancelled);
  desk.peer.cancelAll(new Error('replaced'), 'a');
  assert.equal(cancelled(), [true, false, false]);
  desk.peer.cancelAll(new Error('stopping'));
  assert.equal(cancelled(), [true, true, true]);
});

test('calls back right after the answer was handed over', async () => {
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

test('is idle when no request is under way, cancelled ones included', async () => {
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

test('is idle at once after work that needed no waiting', async () => {
  const desk = openPeer({ handle: () => 'done' });
  desk.receive(request(1));
  await desk.peer.whenIdle();
  assert.is(desk.texts.length, 1);
});

test('sends notifications, droppable ones marked as such', () => {
  const desk = openPeer();
  desk.peer.notify('a', { n: 1 });
  desk.peer.notify('b', {}, { droppable: true });
  assert.equal(desk.frames(), [
    { jsonrpc: '2.0', method: 'a', params: { n: 1 } },
    { jsonrpc: '2.0', method: 'b', params: {} },
  ]);
  assert.equal(desk.options, [undefined, { droppable: true }]);
});

test('asks the other side on behalf of a request', async () => {
  const desk = openPeer({ handle: (_, exchange) => exchange.ask('roots/list', {}) });
  desk.receive(request(1));
  assert.equal(desk.frames(), [{ jsonrpc: '2.0', id: 's1', method: 'roots/list', params: {} }]);
  desk.receive({ jsonrpc: '2.0', id: 's1', result: { roots: [] } });
  await settle();
  assert.equal(desk.frames()[1], result(1, { roots: [] }));
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

test.run();
