import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { MessageQueue } from '../../../../../../src/presentation/transport/http/older/message-queue.ts';

const test = suite('message-queue');

function desk(onTaken: (message: number) => void | Promise<void> = () => undefined) {
  const taken: number[] = [];
  const failed: number[] = [];
  const state = { isPaused: false, isAnswering: false };
  const queue = new MessageQueue<number>({
    take: (message) => {
      taken.push(message);
      return onTaken(message);
    },
    isPaused: () => state.isPaused,
    isAnswering: () => state.isAnswering,
    onFailure: (_error, message) => failed.push(message),
  });
  return { taken, failed, state, queue };
}

test('a message that comes to an empty queue is taken at once', () => {
  const { taken, queue } = desk();
  queue.add(1);
  queue.add(2);
  assert.equal(taken, [1, 2]);
});

test('messages that came together wait when the first of them makes its client slow', () => {
  const { taken, state, queue } = desk((message) => {
    state.isPaused = message === 1;
  });
  for (const message of [1, 2, 3]) queue.add(message);
  assert.equal(taken, [1]);
  state.isPaused = false;
  queue.proceed();
  assert.equal(taken, [1, 2, 3]);
});

test('a message waits a turn of the event loop for the answer to the one before', async () => {
  const { taken, state, queue } = desk();
  state.isAnswering = true;
  queue.add(1);
  queue.add(2);
  assert.equal(taken, [1]);
  state.isPaused = true;
  await new Promise((resolve) => setTimeout(resolve));
  assert.equal(taken, [1], 'its client is slow by now');
  state.isPaused = false;
  queue.proceed();
  assert.equal(taken, [1, 2]);
});

test('a message that is taken makes no other overtake those that wait', () => {
  const { taken, queue } = desk((message) => {
    if (message === 1) queue.add(2);
    if (message === 1) queue.proceed();
  });
  queue.add(1);
  queue.add(3);
  assert.equal(taken, [1, 2, 3]);
});

const throwing = () => {
  throw new Error('no');
};
for (const [how, fail] of [
  ['at once', throwing],
  ['later', async () => throwing()],
] as const) {
  test(`a message that fails ${how} is told of, and the next is taken`, async () => {
    const { taken, failed, queue } = desk((message) => (message === 1 ? fail() : undefined));
    queue.add(1);
    queue.add(2);
    await new Promise((resolve) => setTimeout(resolve));
    assert.equal([taken, failed], [[1, 2], [1]]);
  });
}

test('what was not taken is handed back when it is cleared', () => {
  const { taken, state, queue } = desk();
  state.isPaused = true;
  queue.add(1);
  assert.equal([...queue.clear()], [1]);
  state.isPaused = false;
  queue.proceed();
  assert.equal(taken, []);
});

test.run();
