import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { startTextProgress } from '../../../../../src/application/tools/claude-conversation/text-progress.ts';
import { fakeContext } from '../../fake-context.ts';
import { ManualClock } from '../../manual-clock.ts';
import { ManualTimers } from '../../manual-timers.ts';

const test = suite('text progress');

const timers = new ManualTimers();
test.before.each(() => timers.install());
test.after.each(() => timers.restore());

function start() {
  const told: [number, string | undefined][] = [];
  const clock = new ManualClock();
  const context = fakeContext({ progress: (value, _total, message) => told.push([value, message]) });
  const progress = startTextProgress(context, clock);
  const pass = (ms: number) => {
    clock.advance(ms);
    timers.pass(ms);
  };
  return { told, progress, pass };
}

test('the progress tells the first piece at once, and what comes soon after together', () => {
  const { told, progress, pass } = start();
  for (const piece of ['a', 'b', 'c']) progress.add(piece);
  assert.equal(told, [[1, 'a']]);
  pass(124);
  assert.is(told.length, 1);
  pass(1);
  assert.equal(told.at(-1), [2, 'bc']);
  progress.stop();
});

test('the progress tells no more than ten times a second, and loses nothing', () => {
  const { told, progress, pass } = start();
  let text = '';
  for (let ms = 0; ms < 1000; ms++) {
    progress.add(String(ms % 10));
    text += ms % 10;
    pass(1);
  }
  progress.flush();
  assert.ok(told.length <= 10, `${told.length}`);
  assert.is(told.map(([, message]) => message).join(''), text);
  assert.equal(
    told.map(([value]) => value),
    told.map((_, at) => at + 1),
  );
  progress.stop();
});

test('the progress lives on while nothing is said, without a word and sooner than the pipeline would say one', () => {
  const { told, progress, pass } = start();
  pass(5000);
  pass(5000);
  assert.equal(told, [
    [1, undefined],
    [2, undefined],
  ]);
  progress.stop();
});

test('the progress flushes what is left only if there is some, and is silent once stopped', () => {
  const { told, progress, pass } = start();
  progress.add('a');
  progress.flush();
  assert.equal(told, [[1, 'a']]);
  progress.add('b');
  progress.stop();
  pass(60_000);
  assert.equal(told, [[1, 'a']]);
  assert.is(timers.size, 0);
});

test.run();
