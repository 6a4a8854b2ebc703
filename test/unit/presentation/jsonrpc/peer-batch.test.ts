import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openPeer, request, settle } from './peer-desk.ts';

const test = suite('peer, batches');

const notification = { jsonrpc: '2.0', method: 'notifications/initialized' };
const response = { jsonrpc: '2.0', id: 's1', result: {} };

test('answers come in one array, in the order in which they are ready', async () => {
  const desk = openPeer();
  desk.receive([request(1), notification, request(2), request(3)]);
  desk.calls[2]?.answer('c');
  desk.calls[0]?.answer('a');
  await settle();
  assert.equal(desk.texts, [], 'not before the last one is ready');
  desk.calls[1]?.answer('b');
  await settle();
  assert.equal(desk.frames(), [
    [
      { jsonrpc: '2.0', id: 3, result: 'c' },
      { jsonrpc: '2.0', id: 1, result: 'a' },
      { jsonrpc: '2.0', id: 2, result: 'b' },
    ],
  ]);
  assert.is(desk.notices.length, 1);
});

test('each member is answered for itself, wrong ones without an id', () => {
  const desk = openPeer({ handle: () => ({}) });
  desk.receive([request(5), notification, { jsonrpc: '2.0', id: 6, method: 1 }, 1, []]);
  const [answers] = desk.frames();
  assert.equal(
    answers.map((answer: { id?: unknown; error?: { code: number } }) => [answer.id, answer.error?.code]),
    [
      [5, undefined],
      [6, -32600],
      [undefined, -32600],
      [undefined, -32600],
    ],
  );
  assert.is(desk.texts.length, 1);
});

for (const [what, batch] of [
  ['notifications', [notification, notification]],
  ['responses', [response]],
] as const) {
  test(`${what} alone have no answer`, () => {
    const desk = openPeer();
    desk.receive(batch);
    assert.equal(desk.texts, []);
  });
}

for (const [what, members, accepts] of [
  ['an empty array', [], true],
  ['an array where there are none', [request(1), request(2)], false],
] as const) {
  test(`${what} is refused as one, without an id`, () => {
    const desk = openPeer({ acceptsBatch: () => accepts });
    desk.receive(members);
    assert.is(desk.texts.length, 1);
    const [frame] = desk.frames();
    assert.equal([frame.error.code, Object.hasOwn(frame, 'id')], [-32600, false]);
    assert.equal([desk.calls.length, desk.refused], [0, [frame.error.message]]);
  });
}

test('the protocol is asked with the members as they were read', () => {
  const kinds: string[] = [];
  const desk = openPeer({
    handle: () => ({}),
    acceptsBatch: (members) => {
      kinds.push(...members.map(({ kind }) => kind));
      return true;
    },
  });
  desk.receive([request(1), notification, response, 1]);
  assert.equal(kinds, ['request', 'notification', 'response', 'invalid']);
});

test('a member knows that it came with others', () => {
  const desk = openPeer();
  desk.receive([request(1)]);
  desk.receive(request(2));
  assert.equal(
    desk.calls.map(({ exchange }) => exchange.inBatch),
    [true, false],
  );
});

test('a cancelled member leaves no answer, and holds nobody up', async () => {
  const desk = openPeer();
  desk.receive([request(1), request(2)]);
  desk.peer.cancel(1, new Error('cancelled'));
  desk.calls[0]?.answer('too late');
  desk.calls[1]?.answer('done');
  await settle();
  assert.equal(desk.frames(), [[{ jsonrpc: '2.0', id: 2, result: 'done' }]]);
});

test('a batch of cancelled members leaves no array', async () => {
  const desk = openPeer();
  desk.receive([request(1)]);
  desk.peer.cancel(1, new Error('cancelled'));
  desk.calls[0]?.answer('too late');
  await settle();
  assert.equal(desk.texts, []);
});

test('an id that occurs twice is refused once', async () => {
  const desk = openPeer();
  desk.receive([request(1), request(1)]);
  desk.calls[0]?.answer('done');
  await settle();
  const [answers] = desk.frames();
  assert.equal(
    answers.map(
      (answer: { result?: unknown; error?: { code: number } }) => answer.result ?? answer.error?.code,
    ),
    [-32600, 'done'],
  );
});

test('answers that no client would take in one message go one by one', () => {
  const desk = openPeer({ handle: () => 'x'.repeat(200), maxFrameBytes: 500 });
  desk.receive([request(1), request(2), request(3)]);
  assert.equal(
    desk.frames().map(({ id }) => id),
    [1, 2, 3],
  );
});

test.run();
