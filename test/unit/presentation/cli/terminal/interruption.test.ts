import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { exitCodes } from '../../../../../src/presentation/cli/failures/exit-codes.ts';
import { interruptible } from '../../../../../src/presentation/cli/terminal/interruption.ts';
import { failureOf } from '../../../../support/failure.ts';

const test = suite('interruptible');

const forever = new Promise<never>(() => undefined);

test('the interruption hands on how a command ended', async () => {
  assert.is(await interruptible(async () => exitCodes.failed, 0), exitCodes.failed);
  const broken = new Error('broken');
  assert.is(await failureOf(interruptible(() => Promise.reject(broken), 0)), broken);
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  test(`the interruption ends what nobody can abort at ${signal}`, async () => {
    const ended = interruptible(() => forever, 0);
    process.emit(signal);
    assert.is(await ended, exitCodes.interrupted);
  });
}

test('the interruption waits for what cleans up, and counts neither its result nor its failure', async () => {
  for (const finish of [() => exitCodes.done, () => Promise.reject(new Error('aborted'))]) {
    let cleanedUp = false;
    const ended = interruptible(async (signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      await Promise.resolve();
      cleanedUp = true;
      return await finish();
    }, 2 ** 30);
    process.emit('SIGINT');
    assert.is(await ended, exitCodes.interrupted);
    assert.ok(cleanedUp);
  }
});

test('the interruption ends the process at the second signal, though the command still cleans up', async () => {
  const { exit } = process;
  const { promise, resolve } = Promise.withResolvers<void>();
  process.exit = (code) => {
    throw new Error(`exit ${code}`);
  };
  try {
    const ended = interruptible(() => promise.then(() => exitCodes.done), 1000);
    process.emit('SIGINT');
    assert.throws(() => process.emit('SIGTERM'), `exit ${exitCodes.interrupted}`);
    resolve();
    await ended;
  } finally {
    process.exit = exit;
  }
});

test('the interruption listens no longer than the command runs', async () => {
  const before = process.listenerCount('SIGINT');
  await interruptible(async () => exitCodes.done, 0);
  assert.is(process.listenerCount('SIGINT'), before);
});

test.run();
