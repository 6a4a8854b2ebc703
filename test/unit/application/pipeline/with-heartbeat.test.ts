import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withHeartbeat } from '../../../../src/application/pipeline/with-heartbeat.ts';
import { failureOf } from '../../../support/failure.ts';
import { fakeContext } from '../fake-context.ts';
import { ManualTimers } from '../manual-timers.ts';

const test = suite<{ timers: ManualTimers }>('with-heartbeat');

test.before.each((context) => {
  context.timers = new ManualTimers();
  context.timers.install();
});
test.after.each(({ timers }) => timers.restore());

/** A client that counts heartbeats, and work that is under way until the test ends it. */
function desk(wantsProgress = true) {
  const told: string[] = [];
  const context = fakeContext({ wantsProgress, heartbeat: (message) => void told.push(message) });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const running = withHeartbeat(() => promise)(undefined, context);
  return { told, running, end: () => resolve('done'), fail: reject };
}

test('what is there at once needs no timer', ({ timers }) => {
  const context = fakeContext({ wantsProgress: true });
  assert.is(withHeartbeat(() => 'now')(undefined, context), 'now');
  assert.is(timers.size, 0);
});

test('work under way beats at least every 20 s, even if it told something between two beats', async ({
  timers,
}) => {
  const { told, running, end } = desk();
  timers.pass(7999);
  assert.equal(told, []);
  timers.pass(1);
  timers.pass(8000);
  assert.equal(told, ['Running for 8 s', 'Running for 16 s']);
  end();
  assert.is(await running, 'done');
  assert.is(timers.size, 0);
});

test('work that fails beats no more', async ({ timers }) => {
  const { running, fail } = desk();
  timers.pass(8000);
  const boom = new Error('boom');
  fail(boom);
  assert.is(await failureOf(() => running), boom);
  assert.is(timers.size, 0);
});

test('for a client that wants no progress nothing is set', async ({ timers }) => {
  const { running, end } = desk(false);
  assert.is(timers.size, 0);
  end();
  assert.is(await running, 'done');
});

test.run();
