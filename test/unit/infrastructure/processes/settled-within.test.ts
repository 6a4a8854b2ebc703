import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { settledWithin } from '../../../../src/infrastructure/processes/settled-within.ts';

const test = suite('settled-within');

const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

test('what resolves in time does, and leaves no timer that would keep the process from ending', async () => {
  await new Promise(setImmediate); // the suite’s own timer is over then
  const before = timers();
  assert.is(await settledWithin(Promise.resolve(), 60_000), true);
  assert.is(timers(), before);
});

test('what doesn’t resolve is not waited for', async () => {
  assert.is(await settledWithin(new Promise(() => undefined), 10), false);
});

test.run();
