import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Eventual } from '../../../../../src/application/eventual.ts';
import type { Principal } from '../../../../../src/application/request-context.ts';
import type { Batch, Message } from '../../../../../src/presentation/jsonrpc/message.ts';
import type { Peer } from '../../../../../src/presentation/jsonrpc/peer.ts';
import { limitedMessages } from '../../../../../src/presentation/transport/http/limited-messages.ts';

const test = suite('limited-messages');

const principal: Principal = { id: 'key:ada', kind: 'key' };
const request = (id: number) => JSON.stringify({ jsonrpc: '2.0', id, method: 'ping' });
const notification = '{"jsonrpc":"2.0","method":"notifications/cancelled"}';
const response = '{"jsonrpc":"2.0","id":7,"result":{}}';

function desk(takeTurn: (asked: Principal) => Eventual<number>) {
  const taken: unknown[] = [];
  const sent: unknown[] = [];
  const failures: unknown[] = [];
  const take = (frame: Message | Batch) => {
    taken.push('id' in frame && frame.kind !== 'response' ? frame.id : frame.kind);
  };
  const receive = limitedMessages({
    peer: { take } as unknown as Peer,
    principal,
    takeTurn,
    send: (frame) => sent.push(JSON.parse(frame)),
    onFailure: (error) => failures.push(error),
  });
  return { taken, sent, failures, receive };
}

test('refuses what is too much with its id, and counts by who sends it', () => {
  const { taken, sent, receive } = desk((asked) => (asked === principal ? 1500 : 0));
  receive(request(1));
  assert.equal(taken, []);
  const data = { code: 'rate.exceeded', retryAfter: 2 };
  assert.equal(sent, [
    { jsonrpc: '2.0', id: 1, error: { code: -32600, message: 'Too many requests; wait 2 s', data } },
  ]);
});

test('refuses batches and nonsense as well, and takes what wants no answer', () => {
  const { taken, sent, receive } = desk(() => 1);
  for (const text of [`[${request(1)}]`, 'nonsense', notification, response]) receive(text);
  assert.equal(taken, ['notification', 'response']);
  assert.is(sent.length, 2);
});

test('takes messages at once where counting takes no time', () => {
  const { taken, receive } = desk(() => 0);
  for (const text of [request(1), notification, request(2)]) receive(text);
  assert.equal(taken, [1, 'notification', 2]);
});

test('lets none overtake another where counting takes a while, and goes on after a failure', async () => {
  let turn = 0;
  const { taken, failures, receive } = desk(async () => {
    turn += 1;
    if (turn === 2) throw new Error('no connection');
    await new Promise((resolve) => setTimeout(resolve, 5));
    return 0;
  });
  for (const text of [request(1), notification, request(2), response, request(3)]) receive(text);
  while (taken.length < 4) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(taken, [1, 'notification', 'response', 3]);
  assert.is(failures.length, 1);
});

test.run();
