import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InputRequired } from '../../../../src/application/asking.ts';
import { withRateLimit } from '../../../../src/application/pipeline/with-rate-limit.ts';
import type { Principal } from '../../../../src/application/request-context.ts';
import { errorResult, type ToolResult, textResult } from '../../../../src/domain/tool/tool-result.ts';
import { MemoryRateLimiter } from '../../../../src/infrastructure/rate-limit/memory-rate-limiter.ts';
import { failureOf } from '../../../support/failure.ts';
import { fakeContext } from '../fake-context.ts';
import { ManualClock } from '../manual-clock.ts';
import { callOf, registryOf } from './test-tool.ts';

const test = suite('with-rate-limit');

const limit = { perMinute: 60, burst: 2 };
const message = callOf(registryOf(), 'echo');

function limited(next: () => ToolResult | Promise<ToolResult> = () => textResult('done')) {
  const clock = new ManualClock();
  const call = withRateLimit({ limiter: new MemoryRateLimiter(clock), limit }, next);
  const by = (principal: Principal) => call(message, fakeContext({ principal }));
  return { clock, by };
}

const ada: Principal = { id: 'key:ada', kind: 'key' };
const bob: Principal = { id: 'key:bob', kind: 'key' };
const refusal = errorResult(
  'Too many tool calls: 60 a minute are allowed, 2 of them at once; wait 1 s and call again',
  'tool.rate-limited',
);

test('the limit lets a burst through, and then tells how long to wait', () => {
  const { clock, by } = limited();
  assert.equal([by(ada), by(ada), by(ada)], [textResult('done'), textResult('done'), refusal]);
  clock.advance(1000);
  assert.equal([by(ada), by(ada)], [textResult('done'), refusal]);
});

test('the limit counts each caller alone, and who has no name of their own by where they come from', () => {
  const { by } = limited();
  for (const principal of [ada, ada, bob, bob]) assert.equal(by(principal), textResult('done'));
  const unauthenticated = (countedAs: string): Principal => ({ id: 'local', kind: 'local', countedAs });
  for (const address of ['10.0.0.1', '10.0.0.1', '10.0.0.2'])
    assert.equal(by(unauthenticated(address)), textResult('done'));
  assert.equal(by(unauthenticated('10.0.0.1')), refusal);
});

test('a call that asks the client, and is made again with the answer, counts once', async () => {
  let rounds = 0;
  const { by } = limited(async () => {
    rounds += 1;
    if (rounds % 3 !== 0) throw new InputRequired({});
    return textResult('done');
  });
  for (let call = 0; call < 2; call += 1) {
    for (let round = 0; round < 2; round += 1) assert.instance(await failureOf(() => by(ada)), InputRequired);
    assert.equal(await by(ada), textResult('done'));
  }
  assert.equal(await by(ada), refusal);
});

test('a call that fails otherwise counts', async () => {
  const boom = new Error('boom');
  const { by } = limited(() => Promise.reject(boom));
  assert.is(await failureOf(() => by(ada)), boom);
  assert.is(await failureOf(() => by(ada)), boom);
  assert.equal(await by(ada), refusal);
});

test.run();
