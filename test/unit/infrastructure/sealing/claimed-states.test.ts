import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ClaimedStates } from '../../../../src/infrastructure/sealing/claimed-states.ts';

const test = suite('claimed-states');

test('each number can be claimed once, in any order', () => {
  const states = new ClaimedStates();
  const [one, two, three] = [states.issue(), states.issue(), states.issue()];
  for (const number of [two, one, three]) assert.is(states.claim(number), true);
  for (const number of [one, two, three]) assert.is(states.claim(number), false);
});

test('a number of another process can’t be claimed', () => {
  assert.is(new ClaimedStates().claim(new ClaimedStates().issue()), false);
});

test('memory is bounded: nothing that was claimed can be claimed again, and only the oldest are lost', () => {
  const states = new ClaimedStates(3);
  const numbers = Array.from({ length: 10 }, () => states.issue());
  const [oldest, ...rest] = numbers;
  for (const number of rest.slice(0, 6)) assert.is(states.claim(number), true);
  assert.is(states.claim(oldest as (typeof numbers)[number]), false);
  for (const number of rest.slice(0, 6)) assert.is(states.claim(number), false);
  for (const number of rest.slice(6)) assert.is(states.claim(number), true);
});

test('whatever the order of claims, none is good twice', () => {
  const states = new ClaimedStates(2);
  const numbers = Array.from({ length: 6 }, () => states.issue());
  const claimed = new Set<number>();
  for (const index of [5, 0, 3, 0, 1, 5, 4, 2, 3, 5, 0]) {
    const number = numbers[index] as (typeof numbers)[number];
    if (!states.claim(number)) continue;
    assert.not(claimed.has(index));
    claimed.add(index);
  }
});

test.run();
