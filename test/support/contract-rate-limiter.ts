import type { Test } from 'uvu';
import * as assert from 'uvu/assert';
import type { RateLimiter } from '../../src/application/ports/rate-limiter.ts';

/** A limiter that knows nobody yet, and a way to let its time pass. */
export interface LimiterUnderTest {
  readonly limiter: RateLimiter;
  readonly pass: (ms: number) => Promise<void> | void;
}

/** The contract of every RateLimiter. */
export function rateLimiterContract(test: Test, open: () => LimiterUnderTest): void {
  /** Ten a second, so that an adapter with real time need not wait long. */
  const limit = { perMinute: 600, burst: 3 };

  const takeAll = async ({ limiter }: LimiterUnderTest, name: string) => {
    for (let taken = 0; taken < limit.burst; taken += 1) assert.is(await limiter.take(name, limit), 0);
  };

  test('the limiter gives as many at once as the burst, and then says when there is one', async () => {
    const under = open();
    await takeAll(under, 'a');
    const waitMs = await under.limiter.take('a', limit);
    assert.ok(waitMs > 0 && waitMs <= 100, `${waitMs}`);
    await under.pass(waitMs);
    assert.is(await under.limiter.take('a', limit), 0);
    assert.ok((await under.limiter.take('a', limit)) > 0);
  });

  test('the limiter takes nothing where it gives nothing: asking again makes nobody wait longer', async () => {
    const under = open();
    await takeAll(under, 'a');
    for (let asked = 0; asked < 50; asked += 1) await under.limiter.take('a', limit);
    assert.ok((await under.limiter.take('a', limit)) <= 100);
  });

  test('the limiter takes as many as there are of those asked for, in one step, and says when there is one more', async () => {
    const under = open();
    assert.equal(await under.limiter.takeSome('a', limit, 2), { count: 2, waitMs: 0 });
    const { count, waitMs } = await under.limiter.takeSome('a', limit, 100);
    assert.is(count, 1);
    assert.ok(waitMs > 0 && waitMs <= 100, `${waitMs}`);
    assert.is((await under.limiter.takeSome('a', limit, 100)).count, 0);
    await under.pass(waitMs);
    assert.is((await under.limiter.takeSome('a', limit, 1)).count, 1);
  });

  test('the limiter counts each name alone', async () => {
    const under = open();
    await takeAll(under, 'a');
    await takeAll(under, 'b');
    assert.ok((await under.limiter.take('a', limit)) > 0);
  });

  test('the limiter gives again what was given back, and no more than the burst', async () => {
    const under = open();
    for (let given = 0; given < 5; given += 1) await under.limiter.giveBack('a', limit);
    await takeAll(under, 'a');
    assert.ok((await under.limiter.take('a', limit)) > 0);
    await under.limiter.giveBack('a', limit);
    assert.is(await under.limiter.take('a', limit), 0);
  });

  test('the limiter says how long it would take without taking', async () => {
    const under = open();
    for (let asked = 0; asked < 5; asked += 1) assert.is(await under.limiter.waitFor('a', limit), 0);
    await takeAll(under, 'a');
    assert.ok((await under.limiter.waitFor('a', limit)) > 0);
  });
}
