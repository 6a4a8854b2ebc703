import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { collectAnswers } from '../../../../src/presentation/jsonrpc/collect-answers.ts';

const test = suite('collect-answers');

/** What is handed over when these answers come, in this order. */
function collected(messages: number, answers: readonly (string | undefined)[]) {
  const handedOver: (readonly string[])[] = [];
  const respond = collectAnswers(messages, (all) => handedOver.push(all));
  for (const answer of answers) respond(answer);
  return handedOver;
}

for (const [what, messages, answers, handedOver] of [
  ['all answers once, in the order in which they came', 3, ['b', 'c', 'a'], [['b', 'c', 'a']]],
  ['nothing before the last one is there', 3, ['a', 'b'], []],
  ['only the answers that there are', 3, ['a', undefined, undefined], [['a']]],
  ['the news that there are none', 2, [undefined, undefined], [[]]],
] as const) {
  test(`hands over ${what}`, () => {
    assert.equal(collected(messages, answers), handedOver);
  });
}

test.run();
