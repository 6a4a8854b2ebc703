import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  oneAtATime,
  yieldAfter,
} from '../../../../../../src/presentation/transport/http/receiving/long-messages.ts';

const test = suite('long messages');

const SHORT = 1000;
const LONG = 1024 * 1024;

test('others are served after a step that handled much, and only then', async () => {
  const served: string[] = [];
  for (const [name, handled] of [
    ['little', SHORT],
    ['much', LONG],
  ] as const) {
    setImmediate(() => served.push(`others, ${name}`));
    await yieldAfter(handled);
    served.push(name);
  }
  assert.equal(served, ['little', 'others, little', 'others, much', 'much']);
});

test('long messages are read one after the other, one that fails as well; a short one does not wait', async () => {
  const steps: string[] = [];
  const read = (name: string, length: number) =>
    oneAtATime(length, async () => {
      steps.push(`${name} begins`);
      await yieldAfter(length);
      steps.push(`${name} ends`);
      if (name === 'bad') throw new Error('bad');
      return name;
    });
  const all = [read('first', LONG), read('bad', LONG), read('short', SHORT), read('last', LONG)];
  const settled = await Promise.allSettled(all);
  assert.equal(
    settled.map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason))),
    ['first', 'Error: bad', 'short', 'last'],
  );
  assert.equal(steps, [
    ...['short begins', 'short ends', 'first begins', 'first ends'],
    ...['bad begins', 'bad ends', 'last begins', 'last ends'],
  ]);
});

test.run();
