import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RpcError } from '../../../../src/presentation/jsonrpc/rpc-error.ts';
import { openPeer, request, settle } from './peer-desk.ts';

const test = suite('peer, what fails');

const codes = (frames: readonly { readonly id?: unknown; readonly error?: { readonly code: number } }[]) =>
  frames.map(({ id, error }) => [id, error?.code]);

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
  test(`the peer answers what is refused ${when} as it is`, async () => {
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

  test(`the peer tells nothing of what nobody foresaw ${when} but the id it is noted under`, async () => {
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

test('an answer that can’t be handed over is told to the operator, and ends nothing else', async () => {
  const broken = new RangeError('Invalid string length');
  for (const handle of [() => 'done', async () => 'done', () => Promise.reject(refusal)]) {
    for (const frame of [request(1), [request(1), request(2)]]) {
      const desk = openPeer({ handle });
      let tries = 0;
      desk.receiveOn(
        {
          send: () => undefined,
          finish: () => {
            tries += 1;
            throw broken;
          },
        },
        frame,
      );
      await settle();
      assert.is(tries, 1);
      assert.equal(desk.unexpected, [[broken, 'handing over an answer']]);
      assert.is(desk.peer.requestsInFlight, 0);
      desk.receive(request(1));
      await settle();
      assert.is(desk.texts.length, 1);
    }
  }
});

for (const [what, frame, throwing] of [
  ['a notification', { jsonrpc: '2.0', method: 'notifications/x' }, 'notice'],
  ['a batch', [request(1)], 'acceptsBatch'],
] as const) {
  test(`what ${what} fails at is noted and answered without an id`, () => {
    const desk = openPeer({
      [throwing]: () => {
        throw secret;
      },
    });
    desk.receive(frame);
    assert.equal(codes(desk.frames()), [[undefined, -32603]]);
    assert.equal(desk.unexpected, [[secret, 'taking a message']]);
  });
}

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

test.run();
