import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readAnswer } from '../../support/demo-check.ts';
import { actsOn, type Step } from '../../support/demo-steps.ts';

const test = suite('readAnswer');

const ping: Step = { method: 'ping', read: (result) => `pong ${Object.keys(result).length}` };
const refused: Step = { method: 'x', refusedWith: -32601, read: ({ message }) => message };

test('the reader sums up what is right', () => {
  assert.is(readAnswer(ping, { jsonrpc: '2.0', id: 1, result: {} }, 1), 'pong 0');
  const error = { code: -32601, message: 'There is no such method' };
  assert.is(readAnswer(refused, { jsonrpc: '2.0', id: 1, error }, 1), 'There is no such method');
});

test('the reader says what is wrong with a frame', () => {
  const wrong: [Step, unknown, RegExp][] = [
    [ping, { id: 1, result: {} }, /"jsonrpc" to be "2.0", got nothing/],
    [ping, { jsonrpc: '2.0', id: '1', result: {} }, /the id to be 1, got "1"/],
    [ping, { jsonrpc: '2.0', id: 1, error: { code: -32603 } }, /the error code to be nothing, got -32603/],
    [ping, { jsonrpc: '2.0', id: 1 }, /another shape, got \{"jsonrpc":"2.0","id":1\}/],
    [refused, { jsonrpc: '2.0', id: 1, result: {} }, /the error code to be -32601, got nothing/],
    [refused, { jsonrpc: '2.0', id: 1, error: { code: -1 } }, /the error code to be -32601, got -1/],
  ];
  for (const [step, answer, message] of wrong) assert.throws(() => readAnswer(step, answer, 1), message);
});

for (const { title, steps } of actsOn('linux')) {
  for (const step of steps.filter(({ read }) => read)) {
    test(`${title}: ${step.method} ${step.shown ?? ''} takes no answer that says something else`, () => {
      const other = {
        jsonrpc: '2.0',
        id: 1,
        result: { content: [{ type: 'text', text: 'no' }], other: true },
      };
      assert.throws(() => readAnswer(step, other, 1), /^Expected/);
    });
  }
}

test.run();
