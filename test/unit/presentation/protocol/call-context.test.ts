import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { localUser } from '../../../../src/application/request-context.ts';
import type { JsonObject } from '../../../../src/domain/shared/json.ts';
import { versions } from './features.ts';
import { openContext } from './legacy/legacy-context.ts';

const test = suite('call-context');

test('the context says who asks', () => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const { context, exchange } = openContext({ meta: { traceparent, 'test/mine': 1 } });
  assert.equal([context.principal, context.client.name], [localUser, 'Ada']);
  assert.equal([context.scope, context.sessionId], ['s-1', 's-1']);
  assert.equal(context.trace, { traceparent });
  assert.is(context.meta['test/mine'], 1);
  assert.is(context.signal, exchange.signal);
});

test('an interruption ends the request from our side', () => {
  const { context, exchange } = openContext();
  context.interrupt(new Error('Timed out'));
  assert.ok(context.signal.aborted);
  assert.ok(exchange.isOpen);
});

test('progress goes nowhere without a token', () => {
  const { context, told } = openContext();
  context.progress(1, 2, 'half');
  assert.equal(told, []);
});

for (const progressToken of ['p', '', 0, -1]) {
  test(`progress goes to the token ${JSON.stringify(progressToken)}, and may be dropped`, () => {
    const { context, told } = openContext({ meta: { progressToken } });
    context.progress(1, 2, 'half');
    context.progress(2);
    assert.equal(told, [
      [
        'notifications/progress',
        { progressToken, progress: 1, total: 2, message: 'half' },
        { droppable: true },
      ],
      ['notifications/progress', { progressToken, progress: 2 }, { droppable: true }],
    ]);
  });
}

test('progress only grows', () => {
  const { context, told } = openContext({ meta: { progressToken: 'p' } });
  for (const value of [-5, 0, 0, -1, 0.5, 0.4, Number.NaN, 1, 1]) context.progress(value);
  assert.equal(
    told.map(([, params]) => (params as JsonObject)['progress']),
    [-5, 0, 0.5, 1],
  );
});

test('a heartbeat is told as progress that has hardly grown, so that the next real one still counts', () => {
  const { context, told } = openContext({ meta: { progressToken: 'p' } });
  context.heartbeat('a');
  context.heartbeat('b');
  context.progress(1, 2);
  context.heartbeat('too early');
  context.heartbeat('c');
  context.progress(2, 2);
  context.heartbeat('too early');
  context.heartbeat('d');
  assert.equal(
    told.map(([, params]) => {
      const { progress, total, message } = params as JsonObject;
      return [progress, total, message];
    }),
    [
      [0, undefined, 'a'],
      [0.000001, undefined, 'b'],
      [1, 2, undefined],
      [1.000001, 2, 'c'],
      [2, 2, undefined],
      [2.000002, undefined, 'd'],
    ],
  );
});

test('a heartbeat goes nowhere without a token', () => {
  const { context, told } = openContext();
  assert.not(context.wantsProgress);
  context.heartbeat('a');
  context.heartbeat('b');
  assert.equal(told, []);
});

for (const version of versions.slice(0, 4)) {
  test(`${version}: progress has a message where the revision knows one`, () => {
    const { context, told } = openContext({ version, meta: { progressToken: 'p' } });
    context.progress(1, undefined, 'half');
    const params = told[0]?.[1] as JsonObject;
    assert.equal(Object.keys(params), [
      'progressToken',
      'progress',
      ...(version >= '2025-03-26' ? ['message'] : []),
    ]);
  });
}

test('a log message may name its logger', () => {
  const { context, told } = openContext();
  context.log('error', { fact: 1 }, 'tool');
  assert.equal(told[0]?.[1], { level: 'error', logger: 'tool', data: { fact: 1 } });
});

test.run();
