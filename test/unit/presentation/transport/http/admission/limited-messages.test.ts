import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Eventual } from '../../../../../../src/application/eventual.ts';
import type { Taken } from '../../../../../../src/application/ports/rate-limiter.ts';
import type { Batch, Message } from '../../../../../../src/presentation/jsonrpc/message.ts';
import { limitedMessages } from '../../../../../../src/presentation/transport/http/admission/limited-messages.ts';
import { MessageQueue } from '../../../../../../src/presentation/transport/http/older/message-queue.ts';

const test = suite('limited-messages');

const request = (id: number) => JSON.stringify({ jsonrpc: '2.0', id, method: 'ping' });
const notification = '{"jsonrpc":"2.0","method":"notifications/cancelled"}';
const response = '{"jsonrpc":"2.0","id":7,"result":{}}';

function desk(countMessages: (most: number) => Eventual<Taken>) {
  const taken: unknown[] = [];
  const failures: unknown[] = [];
  const take = (frame: Message | Batch) => {
    taken.push('id' in frame && frame.kind === 'request' ? frame.id : frame.kind);
  };
  const queue = new MessageQueue<string>({
    take: limitedMessages({ connection: { peer: { take }, acceptsBatch: () => true }, countMessages }),
    isPaused: () => false,
    isAnswering: () => false,
    onFailure: (error) => failures.push(error),
  });
  return { taken, failures, receive: (text: string) => queue.add(text) };
}

test('hands on an error in place of what is too much', () => {
  const { taken, receive } = desk(() => ({ count: 0, waitMs: 1500 }));
  for (const text of [request(1), 'nonsense', notification, response]) receive(text);
  assert.equal(taken, ['invalid', 'invalid', 'notification', 'response']);
});

test('the queue takes messages at once where counting takes no time', () => {
  const { taken, receive } = desk((count) => ({ count, waitMs: 0 }));
  for (const text of [request(1), notification, request(2)]) receive(text);
  assert.equal(taken, [1, 'notification', 2]);
});

test('the queue lets none overtake another where counting takes a while, and goes on after a failure', async () => {
  let counted = 0;
  const { taken, failures, receive } = desk(async () => {
    counted += 1;
    if (counted === 2) throw new Error('no connection');
    await new Promise((resolve) => setTimeout(resolve, 5));
    return { count: 1, waitMs: 0 };
  });
  for (const text of [request(1), notification, request(2), response, request(3)]) receive(text);
  while (taken.length < 4) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(taken, [1, 'notification', 'response', 3]);
  assert.is(failures.length, 1);
});

test.run();
