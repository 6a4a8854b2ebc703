import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Semaphore } from '../../../../src/application/pipeline/semaphore.ts';
import { failureOf } from '../../../support/failure.ts';

const test = suite('semaphore');

const never = new AbortController().signal;

/** Work that is under way until the test ends it. */
function gate() {
  let isRunning = false;
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const work = () => {
    isRunning = true;
    return promise;
  };
  return { work, open: resolve, break: reject, isRunning: () => isRunning };
}

/** Lets everything happen that can happen now. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

test('the semaphore lets as many in as it has places, the others in order of arrival', async () => {
  const semaphore = new Semaphore(2);
  const gates = [gate(), gate(), gate(), gate()];
  const running = () => gates.map(({ isRunning }) => isRunning());
  const results = gates.map(({ work }) => semaphore.enter(never, work));
  await settle();
  assert.equal(running(), [true, true, false, false]);
  gates[1]?.open('second');
  await settle();
  assert.equal(running(), [true, true, true, false]);
  gates[0]?.open('first');
  await settle();
  assert.equal(running(), [true, true, true, true]);
  gates[2]?.open('third');
  gates[3]?.open('fourth');
  assert.equal(await Promise.all(results), ['first', 'second', 'third', 'fourth']);
});

test('a place that was handed on is not free for who comes then', async () => {
  const semaphore = new Semaphore(1);
  const gates = [gate(), gate(), gate()];
  const results = gates.slice(0, 2).map(({ work }) => semaphore.enter(never, work));
  gates[0]?.open('first');
  await settle();
  results.push(semaphore.enter(never, gates[2]?.work ?? (async () => '')));
  await settle();
  assert.equal(
    gates.map(({ isRunning }) => isRunning()),
    [true, true, false],
  );
  gates[1]?.open('second');
  gates[2]?.open('third');
  assert.equal(await Promise.all(results), ['first', 'second', 'third']);
});

test('the semaphore gives the place of work that failed to the next', async () => {
  const semaphore = new Semaphore(1);
  const [first, second] = [gate(), gate()];
  const failing = semaphore.enter(never, first.work);
  const waiting = semaphore.enter(never, second.work);
  const boom = new Error('boom');
  first.break(boom);
  assert.is(await failureOf(failing), boom);
  second.open('done');
  assert.is(await waiting, 'done');
});

test('the semaphore gives the place of work that throws at once to the next', async () => {
  const semaphore = new Semaphore(1);
  const boom = new Error('boom');
  const throwing = semaphore.enter(never, () => {
    throw boom;
  });
  assert.is(await failureOf(throwing), boom);
  assert.is(await semaphore.enter(never, async () => 'done'), 'done');
});

test('who is aborted while waiting leaves, and the rest move up', async () => {
  const semaphore = new Semaphore(1);
  const [first, second, third] = [gate(), gate(), gate()];
  const cancelled = new AbortController();
  const reason = new Error('cancelled');
  const holding = semaphore.enter(never, first.work);
  const leaving = semaphore.enter(cancelled.signal, second.work);
  const waiting = semaphore.enter(never, third.work);
  await settle();
  cancelled.abort(reason);
  assert.is(await failureOf(leaving), reason);
  first.open('first');
  assert.is(await holding, 'first');
  await settle();
  assert.equal([second.isRunning(), third.isRunning()], [false, true]);
  third.open('third');
  assert.is(await waiting, 'third');
});

test('who is aborted leaves alone, not who waits before', async () => {
  const semaphore = new Semaphore(1);
  const [first, second, third] = [gate(), gate(), gate()];
  const cancelled = new AbortController();
  const reason = new Error('cancelled');
  const holding = semaphore.enter(never, first.work);
  const waiting = semaphore.enter(never, second.work);
  const leaving = semaphore.enter(cancelled.signal, third.work);
  cancelled.abort(reason);
  assert.is(await failureOf(leaving), reason);
  first.open('first');
  assert.is(await holding, 'first');
  await settle();
  assert.equal([second.isRunning(), third.isRunning()], [true, false]);
  second.open('second');
  assert.is(await waiting, 'second');
});

test('who was aborted before never starts and takes no place', async () => {
  const semaphore = new Semaphore(1);
  const reason = new Error('cancelled');
  const late = gate();
  const refused = semaphore.enter(AbortSignal.abort(reason), late.work);
  assert.is(await failureOf(refused), reason);
  assert.not(late.isRunning());
  assert.is(await semaphore.enter(never, async () => 'done'), 'done');
});

test('who is aborted once inside keeps the place until the work ends', async () => {
  const semaphore = new Semaphore(1);
  const [first, second] = [gate(), gate()];
  const cancelled = new AbortController();
  const inside = semaphore.enter(cancelled.signal, first.work);
  const waiting = semaphore.enter(never, second.work);
  await settle();
  cancelled.abort(new Error('cancelled'));
  await settle();
  assert.not(second.isRunning());
  first.open('ended in its own time');
  assert.is(await inside, 'ended in its own time');
  second.open('done');
  assert.is(await waiting, 'done');
});

test('who was given a place after waiting can be aborted without disturbing those behind', async () => {
  const semaphore = new Semaphore(1);
  const [first, second, third] = [gate(), gate(), gate()];
  const cancelled = new AbortController();
  const holding = semaphore.enter(never, first.work);
  const given = semaphore.enter(cancelled.signal, second.work);
  const behind = semaphore.enter(never, third.work);
  first.open('first');
  await holding;
  await settle();
  cancelled.abort(new Error('too late'));
  second.open('second');
  third.open('third');
  assert.equal(await Promise.all([given, behind]), ['second', 'third']);
});

test.run();
