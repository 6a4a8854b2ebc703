import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { retryWhileInUse } from '../../../../src/infrastructure/files/retry-while-in-use.ts';
import { failureOf } from '../../../support/failure.ts';

const test = suite('retries while a file is in use');

/** A change that fails so often before it succeeds. */
function changeAfter(failures: number, code: string) {
  let tries = 0;
  const change = async () => {
    tries += 1;
    if (tries <= failures) throw Object.assign(new Error(code), { code });
    return tries;
  };
  return { change, tries: () => tries };
}

for (const [platform, code, isRetried] of [
  ['win32', 'EBUSY', true],
  ['win32', 'EPERM', true],
  ['win32', 'EACCES', true],
  ['win32', 'ENOENT', false],
  ['win32', 'EEXIST', false],
  ['win32', 'ABORT_ERR', false],
  ['linux', 'EBUSY', false],
  ['linux', 'EPERM', false],
  ['darwin', 'EACCES', false],
] as const) {
  test(`a change that fails with ${code} on ${platform} is ${isRetried ? '' : 'not '}tried again`, async () => {
    const { change, tries } = changeAfter(3, code);
    if (isRetried) assert.is(await retryWhileInUse(change, platform), 4);
    else assert.is((await failureOf(retryWhileInUse(change, platform))).code, code);
    assert.is(tries(), isRetried ? 4 : 1);
  });
}

test('a change that never succeeds ends with its failure', async () => {
  const { change } = changeAfter(Number.POSITIVE_INFINITY, 'EBUSY');
  assert.is((await failureOf(retryWhileInUse(change, 'win32'))).code, 'EBUSY');
});

test.run();
