import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ReceiveBudget } from '../../../../../../src/presentation/transport/http/receiving/receive-budget.ts';

const test = suite('receive-budget');

const budget = () => new ReceiveBudget(1, { each: 50, total: 120 });

test('the budget has so much for each, whatever their messages are', () => {
  const shared = budget();
  const [first, second] = [shared.open('a'), shared.open('a')];
  assert.ok(first.take(30));
  assert.not.ok(second.take(21));
  assert.ok(second.take(20));
  assert.ok(shared.open('b').take(50));
});

test('the budget has so much in all', () => {
  const shared = budget();
  for (const owner of ['a', 'b']) assert.ok(shared.open(owner).take(50));
  const third = shared.open('c');
  assert.not.ok(third.take(21));
  assert.ok(third.take(20));
});

test('the budget has again what was given back, once', () => {
  const shared = budget();
  const [first, second] = [shared.open('a'), shared.open('a')];
  first.take(25);
  second.take(25);
  first.release(20);
  assert.not.ok(second.take(21));
  first.release();
  first.release();
  assert.not.ok(second.take(26));
  assert.ok(second.take(25));
});

test('the budget has room for a message of any length that is taken', () => {
  assert.ok(new ReceiveBudget(1000, { each: 50, total: 120 }).open('a').take(1000));
});

test.run();
