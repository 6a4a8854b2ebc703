import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cleaningSeconds } from '../../../src/composition/run-server.ts';

const test = suite('cleaning-seconds');

for (const [seconds, cleaning, what] of [
  [20, 5, 'a quarter of what stopping may take'],
  [2, 0.5, 'so it is by default'],
  [1, 0.3, 'but enough for a process to clean up'],
  [0.4, 0.2, 'never more than half: work needs time to finish, too'],
  [0, 0, 'nothing of nothing'],
] as const) {
  test(`of ${seconds} s ${cleaning} s are for cleaning up: ${what}`, () => {
    assert.is(cleaningSeconds(seconds), cleaning);
  });
}

test.run();
