import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { collectAnswers } from '../../../../src/presentation/jsonrpc/collect-answers.ts';

const test = suite('collect-answers');

/** The frames that are handed over when these answers come, in this order: together, and one by one. */
function collected(messages: number, answers: readonly (string | undefined)[], most = 100) {
  const handedOver: (readonly string[] | string)[] = [];
  const respond = collectAnswers(messages, {
    most,
    onComplete: (all) => handedOver.push(all),
    onSingle: (answer) => handedOver.push(answer),
  });
  for (const answer of answers) respond(answer);
  return handedOver;
}

for (const [what, messages, answers, handedOver] of [
  ['all answers once, in the order in which they came', 3, ['b', 'c', 'a'], [['b', 'c', 'a']]],
  ['nothing before the last one is there', 3, ['a', 'b'], []],
  ['only the answers that there are', 3, ['a', undefined, undefined], [['a']]],
  ['the news that there are none', 2, [undefined, undefined], [[]]],
] as const) {
  test(`the collector hands over ${what}`, () => {
    assert.equal(collected(messages, answers), handedOver);
  });
}

test('answers that are too long together are handed over one by one, and not kept', () => {
  assert.equal(collected(4, ['aa', 'bb', 'c', undefined], 4), ['aa', 'bb', 'c', []]);
  assert.equal(collected(2, ['aa', 'bb'], 4), [['aa', 'bb']]);
  assert.equal(collected(3, ['aaaaa', 'b'], 4), ['aaaaa', 'b']);
});

test.run();
