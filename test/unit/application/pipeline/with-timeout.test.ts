import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withTimeout } from '../../../../src/application/pipeline/with-timeout.ts';
import { errorResult, type ToolResult, textResult } from '../../../../src/domain/tool/tool-result.ts';
import { failureOf } from '../../../support/failure.ts';
import { fakeContext } from '../fake-context.ts';
import { ManualTimers } from '../manual-timers.ts';
import { callOf, registryOf } from './test-tool.ts';

const test = suite<{ timers: ManualTimers }>('with-timeout');

test.before.each((context) => {
  context.timers = new ManualTimers();
  context.timers.install();
});
test.after.each(({ timers }) => timers.restore());

const tools = registryOf({ name: 'usual' }, { name: 'quick', timeout: 2 });
const call = (name: string) => callOf(tools, name);

/** A tool that is under way until the test ends it. */
function held() {
  const { promise, resolve, reject } = Promise.withResolvers<ToolResult>();
  return { next: () => promise, end: () => resolve(textResult('done')), fail: reject };
}

const limited = (next: () => ToolResult | Promise<ToolResult>) => withTimeout(30, next);

/** True if it has an answer by now. */
async function isSettled(promise: unknown): Promise<boolean> {
  const pending = Symbol('pending');
  const settled = new Promise((resolve) => setImmediate(() => resolve(pending)));
  return (await Promise.race([promise, settled])) !== pending;
}

test('what is there at once needs no timer', ({ timers }) => {
  assert.equal(limited(() => textResult('now'))(call('usual'), fakeContext()), textResult('now'));
  assert.is(timers.size, 0);
});

test('a tool that ends in time is left alone, and its timer with it', async ({ timers }) => {
  const { next, end } = held();
  const context = fakeContext();
  const answer = limited(next)(call('usual'), context);
  timers.pass(29_999);
  end();
  assert.equal(await answer, textResult('done'));
  assert.is(timers.size, 0);
  assert.equal(context.interruptions, []);
});

for (const [name, seconds] of [
  ['usual', 30],
  ['quick', 2],
] as const) {
  test(`"${name}" is ended after ${seconds} s: its signal is aborted, and the client is told at once`, async ({
    timers,
  }) => {
    const { next } = held();
    const context = fakeContext();
    const answer = limited(next)(call(name), context);
    timers.pass(seconds * 1000 - 1);
    assert.not(await isSettled(answer));
    timers.pass(1);
    assert.equal(
      await answer,
      errorResult(
        `"${name}" was ended after ${seconds} s, its time limit; ask for less at once`,
        'tool.timeout',
      ),
    );
    assert.ok(context.signal.aborted);
    assert.equal(
      context.interruptions.map(({ message }) => message),
      [`Timed out after ${seconds} s`],
    );
  });
}

test('what the tool does after its end changes nothing', async ({ timers }) => {
  for (const ending of ['end', 'fail'] as const) {
    const tool = held();
    const answer = limited(tool.next)(call('quick'), fakeContext());
    timers.pass(2000);
    if (ending === 'end') tool.end();
    else tool.fail(new Error('aborted'));
    assert.ok((await answer).isError);
  }
});

test('a failure in time passes', async ({ timers }) => {
  const { next, fail } = held();
  const answer = Promise.resolve(limited(next)(call('usual'), fakeContext()));
  const boom = new Error('boom');
  fail(boom);
  assert.is(await failureOf(answer), boom);
  assert.is(timers.size, 0);
});

test('a failure at once passes', ({ timers }) => {
  const boom = new Error('boom');
  const failing = limited(() => {
    throw boom;
  });
  assert.throws(
    () => failing(call('usual'), fakeContext()),
    (error: unknown) => error === boom,
  );
  assert.is(timers.size, 0);
});

test('waiting for a person doesn’t count, and the time runs anew after the answer', async ({ timers }) => {
  const { next } = held();
  const context = fakeContext();
  const answer = limited(next)(call('quick'), context);
  timers.pass(1999);
  context.wait(true);
  timers.pass(600_000);
  assert.not(await isSettled(answer));
  context.wait(false);
  timers.pass(1999);
  assert.not(await isSettled(answer));
  timers.pass(1);
  assert.ok((await answer).isError);
});

test('a tool that asks before the countdown begins waits from its start', async ({ timers }) => {
  const { next } = held();
  const context = fakeContext({ onWaiting: (listener) => listener(true) });
  const answer = limited(next)(call('quick'), context);
  timers.pass(600_000);
  assert.not(await isSettled(answer));
  assert.is(timers.size, 0);
});

test('two questions at once are one wait', async ({ timers }) => {
  const { next, end } = held();
  const context = fakeContext();
  const answer = limited(next)(call('quick'), context);
  context.wait(true);
  context.wait(true);
  context.wait(false);
  assert.is(timers.size, 1);
  end();
  await answer;
});

test('an answer that comes after the end starts no new countdown', async ({ timers }) => {
  const { next, end } = held();
  const context = fakeContext();
  const answer = limited(next)(call('quick'), context);
  context.wait(true);
  end();
  await answer;
  context.wait(false);
  assert.is(timers.size, 0);
});

test.run();
