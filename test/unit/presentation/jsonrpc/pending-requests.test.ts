import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { JsonObject } from '../../../../src/domain/shared/json.ts';
import { PendingRequests } from '../../../../src/presentation/jsonrpc/pending-requests.ts';
import { RpcError } from '../../../../src/presentation/jsonrpc/rpc-error.ts';
import { failureOf } from '../../../support/failure.ts';
import { ManualTimers } from '../../application/manual-timers.ts';

const test = suite<{ timers: ManualTimers }>('pending-requests');

test.before.each((context) => {
  context.timers = new ManualTimers();
  context.timers.install();
});
test.after.each(({ timers }) => timers.restore());

const never = new AbortController().signal;

function open(longest = 10_000) {
  const frames: unknown[] = [];
  const sink = { send: (frame: string) => frames.push(JSON.parse(frame)) };
  const requests = new PendingRequests((frame) => frame.length < longest);
  const ask = (method: string, params: JsonObject, signal: AbortSignal) =>
    requests.ask(method, params, signal, sink);
  return {
    frames,
    pending: { ask, settle: requests.settle.bind(requests), rejectAll: requests.rejectAll.bind(requests) },
  };
}

const answer = (id: unknown, result: unknown) => ({ kind: 'response', id, result }) as const;
const refusal = (id: unknown, error: unknown) => ({ kind: 'response', id, error }) as const;

test('the table sends requests with ids of its own and resolves each with its answer', async ({ timers }) => {
  const { frames, pending } = open();
  const first = pending.ask('roots/list', {}, never);
  const second = pending.ask('sampling/createMessage', { maxTokens: 1 }, never);
  assert.equal(frames, [
    { jsonrpc: '2.0', id: 's1', method: 'roots/list', params: {} },
    { jsonrpc: '2.0', id: 's2', method: 'sampling/createMessage', params: { maxTokens: 1 } },
  ]);
  assert.ok(pending.settle(answer('s2', { two: 2 })));
  assert.ok(pending.settle(answer('s1', { one: 1 })));
  assert.equal(await Promise.all([first, second]), [{ one: 1 }, { two: 2 }]);
  assert.is(timers.size, 0);
});

test('the table rejects with the error of the other side', async ({ timers }) => {
  const { pending } = open();
  const failing = failureOf(pending.ask('roots/list', {}, never));
  pending.settle(refusal('s1', { code: -1, message: 'User rejected', data: { secret: 1 } }));
  const error = (await failing) as RpcError;
  assert.instance(error, RpcError);
  assert.equal([error.code, error.message, error.data], [-1, 'User rejected', undefined]);
  assert.is(timers.size, 0);
});

for (const [error, code, message] of [
  [null, 0, 'The client answered with an error without a message'],
  ['no', 0, 'The client answered with an error without a message'],
  [{}, 0, 'The client answered with an error without a message'],
  [{ code: '1', message: 5 }, 0, 'The client answered with an error without a message'],
  [{ code: 1.5, message: 'm' }, 0, 'm'],
] as const) {
  test(`the table makes an error of ${JSON.stringify(error)}`, async () => {
    const { pending } = open();
    const failing = failureOf(pending.ask('roots/list', {}, never));
    pending.settle(refusal('s1', error));
    const failure = (await failing) as RpcError;
    assert.equal([failure.code, failure.message], [code, message]);
  });
}

for (const id of ['s2', 's0', '1', 1, null, undefined, 1.5, {}, '__proto__']) {
  test(`nobody waits for an answer to ${JSON.stringify(id)}`, async () => {
    const { pending } = open();
    const waiting = pending.ask('roots/list', {}, never);
    assert.not(pending.settle(answer(id, {})));
    assert.ok(pending.settle(answer('s1', 'mine')));
    assert.is(await waiting, 'mine');
  });
}

test('the table takes one answer only', async () => {
  const { pending } = open();
  const waiting = pending.ask('roots/list', {}, never);
  assert.ok(pending.settle(answer('s1', 'first')));
  assert.not(pending.settle(answer('s1', 'second')));
  assert.is(await waiting, 'first');
});

test('the table gives up when the request behind it is aborted, and says so', async ({ timers }) => {
  const { frames, pending } = open();
  const controller = new AbortController();
  const reason = new Error('cancelled by the user');
  const failing = failureOf(pending.ask('roots/list', {}, controller.signal));
  controller.abort(reason);
  assert.is(await failing, reason);
  assert.equal(frames.slice(1), [
    {
      jsonrpc: '2.0',
      method: 'notifications/cancelled',
      params: { requestId: 's1', reason: 'cancelled by the user' },
    },
  ]);
  assert.not(pending.settle(answer('s1', {})), 'its answer is too late');
  assert.is(timers.size, 0);
});

test('the table asks nothing for a request that was aborted before', async ({ timers }) => {
  const { frames, pending } = open();
  const reason = new Error('cancelled');
  assert.is(await failureOf(pending.ask('roots/list', {}, AbortSignal.abort(reason))), reason);
  assert.equal(frames, []);
  assert.is(timers.size, 0);
});

test('an abort after the answer says nothing more', async () => {
  const { frames, pending } = open();
  const controller = new AbortController();
  const waiting = pending.ask('roots/list', {}, controller.signal);
  pending.settle(answer('s1', 'done'));
  await waiting;
  controller.abort(new Error('late'));
  assert.is(frames.length, 1);
});

test('the table gives a person ten minutes', async ({ timers }) => {
  const { frames, pending } = open();
  const failing = failureOf(pending.ask('elicitation/create', {}, never));
  timers.pass(599_999);
  assert.is(frames.length, 1);
  timers.pass(1);
  assert.match(((await failing) as Error).message, 'No answer to elicitation/create within 600 s');
  assert.equal(frames.slice(1), [
    {
      jsonrpc: '2.0',
      method: 'notifications/cancelled',
      params: { requestId: 's1', reason: 'No answer to elicitation/create within 600 s' },
    },
  ]);
});

test('the table rejects all when nobody will answer any more, and tells nobody', async ({ timers }) => {
  const { frames, pending } = open();
  const failing = [failureOf(pending.ask('a', {}, never)), failureOf(pending.ask('b', {}, never))];
  const reason = new Error('The client has closed its side');
  pending.rejectAll(reason);
  assert.equal(await Promise.all(failing), [reason, reason]);
  assert.is(frames.length, 2);
  assert.is(timers.size, 0);
});

test('the table asks nothing that is longer than clients take', async () => {
  const { frames, pending } = open(100);
  const failure = await failureOf(pending.ask('sampling/createMessage', { text: 'x'.repeat(100) }, never));
  assert.match(String(failure), 'longer than clients take');
  assert.equal(frames, []);
});

test.run();
