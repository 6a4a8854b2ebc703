import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Lifetimes } from '../../../src/composition/lifetimes.ts';
import { RecordingLogger } from '../application/recording-logger.ts';

const test = suite('lifetimes');

const never = new Promise<never>(() => undefined);

/** Lifetimes that note what is closed. */
function opened(...names: readonly string[]) {
  const logger = new RecordingLogger();
  const lifetimes = new Lifetimes(logger);
  const closed: string[] = [];
  for (const name of names) lifetimes.add({ name, close: () => void closed.push(name) });
  return { lifetimes, closed, logger };
}

test('closing begins with what was opened last, and waits for each', async () => {
  const { lifetimes, closed } = opened('store');
  const { promise, resolve } = Promise.withResolvers<void>();
  lifetimes.add({
    name: 'pool',
    close: async () => {
      await promise;
      closed.push('pool');
    },
  });
  const closing = lifetimes.close(never);
  assert.equal(closed, []);
  resolve();
  await closing;
  assert.equal(closed, ['pool', 'store']);
});

for (const [how, close] of [
  [
    'at once',
    () => {
      throw new Error('boom');
    },
  ],
  ['later', () => Promise.reject(new Error('boom'))],
] as const) {
  test(`a failure ${how} is logged and keeps nobody else open`, async () => {
    const { lifetimes, closed, logger } = opened('store');
    lifetimes.add({ name: 'pool', close });
    await lifetimes.close(never);
    assert.equal(closed, ['store']);
    assert.equal(logger.records, [
      { level: 'error', message: 'Closing failed', fields: { what: 'pool', error: 'Error: boom' } },
    ]);
  });
}

test('one that hangs holds up the others until the deadline, and no longer', async () => {
  const { lifetimes, closed } = opened('store');
  lifetimes.add({ name: 'pool', close: () => never });
  await lifetimes.close(Promise.resolve());
  assert.equal(closed, ['store']);
});

test('each that is closed knows the deadline', async () => {
  const { lifetimes } = opened();
  const deadlines: Promise<unknown>[] = [];
  lifetimes.add({ name: 'exporters', close: (deadline) => void deadlines.push(deadline) });
  const deadline = Promise.resolve();
  await lifetimes.close(deadline);
  assert.is(deadlines[0], deadline);
});

test('closing twice closes once', async () => {
  const { lifetimes, closed } = opened('store');
  await lifetimes.close(never);
  await lifetimes.close(never);
  assert.equal(closed, ['store']);
});

test('backends are those that have a state, and are heard of when it changes', () => {
  const { lifetimes } = opened('store');
  const listeners = new Set<() => void>();
  class Pool {
    readonly name = 'pool';
    private readonly state = 'down';
    backends() {
      return [{ name: 'pool', state: this.state, latencyMs: 3 } as const];
    }
    onStateChange(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    }
    close() {
      // nothing to close
    }
  }
  lifetimes.add(new Pool());
  assert.equal(lifetimes.backends(), [{ name: 'pool', state: 'down', latencyMs: 3 }]);
  let changes = 0;
  const leave = lifetimes.onStateChange(() => {
    changes += 1;
  });
  for (const tell of listeners) tell();
  leave();
  assert.equal([changes, listeners.size], [1, 0]);
});

test.run();
