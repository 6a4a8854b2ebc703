import { mock } from 'node:test';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { KeepAlive } from '../../../../../../src/presentation/transport/http/sending/keep-alive.ts';

const test = suite('keep-alive');

test.before.each(() => mock.timers.enable({ apis: ['setInterval'] }));
test.after.each(() => mock.timers.reset());

test('the timer touches all that is held, every 15 s', () => {
  const keepAlive = new KeepAlive();
  const touched: string[] = [];
  const [a, b] = ['a', 'b'].map((name) => ({ keepAlive: () => void touched.push(name) })) as [Held, Held];
  keepAlive.hold(a);
  mock.timers.tick(14_999);
  keepAlive.hold(b);
  assert.equal(touched, []);
  mock.timers.tick(1);
  assert.equal(touched, ['a', 'b']);
  keepAlive.release(a);
  mock.timers.tick(15_000);
  assert.equal(touched, ['a', 'b', 'b']);
});

interface Held {
  keepAlive(): void;
}

test('the timer rests while nothing is held, and begins anew', () => {
  const keepAlive = new KeepAlive();
  let touched = 0;
  const keepTouched = () => {
    touched += 1;
  };
  const one = { keepAlive: keepTouched };
  keepAlive.hold(one);
  keepAlive.release(one);
  mock.timers.tick(60_000);
  assert.is(touched, 0);
  keepAlive.hold(one);
  mock.timers.tick(15_000);
  assert.is(touched, 1);
  keepAlive.release(one);
});

test.run();
