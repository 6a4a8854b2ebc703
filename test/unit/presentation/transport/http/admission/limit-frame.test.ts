import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Taken } from '../../../../../../src/application/ports/rate-limiter.ts';
import type { Batch, Message } from '../../../../../../src/presentation/jsonrpc/message.ts';
import { parseFrame } from '../../../../../../src/presentation/jsonrpc/parse.ts';
import {
  limitFrame,
  limitPost,
} from '../../../../../../src/presentation/transport/http/admission/limit-frame.ts';

const test = suite('limit-frame');

const request = (id: number) => ({ jsonrpc: '2.0', id, method: 'ping' });
const notification = { jsonrpc: '2.0', method: 'notifications/cancelled' };
const response = { jsonrpc: '2.0', id: 7, result: {} };

/** Lets so many messages pass, and keeps how many were counted. */
function rate(left: number) {
  const asked: number[] = [];
  const countMessages = (most: number): Taken => {
    asked.push(most);
    const count = Math.min(left, most);
    return { count, waitMs: count === most ? 0 : 1500 };
  };
  return { asked, countMessages };
}

/** For each message its id, or `refused ID`. */
const told = (frame: Message | Batch): unknown => {
  if (frame.kind === 'batch') return frame.members.map(told);
  if (frame.kind === 'notification' || frame.kind === 'response') return frame.kind;
  if (frame.kind === 'request') return frame.id;
  const { code, data } = frame.error;
  return data?.['code'] === 'rate.exceeded' ? `refused ${frame.id} after ${data['retryAfter']}` : code;
};

const frames: readonly (readonly [
  what: string,
  sent: unknown,
  left: number,
  asked: readonly number[],
  told: unknown,
])[] = [
  ['a request', request(1), 1, [1], 1],
  ['a request too many', request(1), 0, [1], 'refused 1 after 2'],
  ['nonsense too much', 42, 0, [1], 'refused undefined after 2'],
  ['a notification', notification, 0, [], 'notification'],
  ['a response', response, 0, [], 'response'],
  ['a batch', [request(1), request(2)], 2, [2], [1, 2]],
  [
    'a batch with members too many',
    [request(1), request(2), request(3)],
    1,
    [3],
    [1, 'refused 2 after 2', 'refused 3 after 2'],
  ],
  [
    'a batch of which nothing is left',
    [request(1), 42],
    0,
    [2],
    ['refused 1 after 2', 'refused undefined after 2'],
  ],
  [
    'a batch with what wants no answer',
    [notification, request(1), response, request(2)],
    1,
    [2],
    ['notification', 1, 'response', 'refused 2 after 2'],
  ],
  ['a batch of what wants no answer', [notification, response], 0, [1], ['notification', 'response']],
  ['an empty batch', [], 0, [1], 'refused undefined after 2'],
];

for (const [what, sent, left, asked, expected] of frames) {
  test(`${what}, with ${left} messages left`, () => {
    const { asked: got, countMessages } = rate(left);
    const connection = { acceptsBatch: () => true };
    assert.equal(
      told(limitFrame(parseFrame(JSON.stringify(sent)), { connection, countMessages }) as Message),
      expected,
    );
    assert.equal(got, asked);
  });
}

test('a batch that its revision does not have is one message', () => {
  const { asked, countMessages } = rate(1);
  const frame = parseFrame(JSON.stringify([request(1), request(2)]));
  assert.is(limitFrame(frame, { connection: { acceptsBatch: () => false }, countMessages }), frame);
  assert.equal(asked, [1]);
});

test('an HTTP request is counted for the first member', () => {
  const { asked, countMessages } = rate(1);
  const principal = { id: 'key:ada', kind: 'key' } as const;
  const limit = {
    connection: { acceptsBatch: () => true },
    principal,
    countMessages: (who: unknown, most: number) =>
      who === principal ? countMessages(most) : { count: 0, waitMs: 1 },
  };
  const frame = parseFrame(JSON.stringify([request(1), request(2), request(3)]));
  assert.equal(told(limitPost(frame, limit) as Batch), [1, 2, 'refused 3 after 2']);
  for (const alone of [[request(1)], request(1)]) {
    const posted = parseFrame(JSON.stringify(alone));
    assert.is(limitPost(posted, limit), posted);
  }
  assert.equal(asked, [2]);
});

test.run();
