import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { localUser } from '../../../../../src/application/request-context.ts';
import { type LogLevel, logLevels } from '../../../../../src/domain/session/log-level.ts';
import type { SessionSnapshot } from '../../../../../src/domain/session/session.ts';
import type { SessionId } from '../../../../../src/domain/session/session-events.ts';
import { DomainError } from '../../../../../src/domain/shared/domain-error.ts';
import type { JsonObject } from '../../../../../src/domain/shared/json.ts';
import { Exchange } from '../../../../../src/presentation/jsonrpc/exchange.ts';
import { RpcError } from '../../../../../src/presentation/jsonrpc/rpc-error.ts';
import { createClient } from '../../../../../src/presentation/protocol/client.ts';
import { LegacyContext } from '../../../../../src/presentation/protocol/legacy/context.ts';
import { featuresOf, type Version, versions } from '../features.ts';

const test = suite('legacy context');

interface Asked {
  readonly method: string;
  readonly params: JsonObject;
  answer(result: unknown): void;
  fail(error: unknown): void;
}

const session = { logLevel: 'info' } as SessionSnapshot;

/** A context, what it told and what it asked. */
function open({
  version = '2025-11-25',
  capabilities = { elicitation: {}, roots: {} },
  meta = {},
  logLevel = 'info',
}: {
  readonly version?: Version;
  readonly capabilities?: JsonObject;
  readonly meta?: JsonObject;
  readonly logLevel?: LogLevel;
} = {}) {
  const told: unknown[][] = [];
  const asked: Asked[] = [];
  const exchange = new Exchange(1, false, {
    notify: (...notification) => told.push(notification),
    ask: (method, params) => {
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      asked.push({ method, params, answer: resolve, fail: reject });
      return promise;
    },
  });
  const features = featuresOf(version);
  const client = createClient({ name: 'Ada', version: '1.0' }, capabilities, features);
  const stay = { session: { ...session, logLevel } };
  const sessionId = 's-1' as SessionId;
  const caller = { principal: localUser, client, scope: 's-1', sessionId, features };
  return { context: new LegacyContext(caller, exchange, meta, stay), exchange, stay, told, asked };
}

const form = { kind: 'elicitation', message: 'Who?', requestedSchema: {} } as const;
const roots = { kind: 'roots' } as const;
const failureOf = (work: Promise<unknown>): Promise<DomainError> =>
  work.then(
    () => undefined,
    (e) => e,
  );
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

test('says who asks', () => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const { context, exchange } = open({ meta: { traceparent, 'test/mine': 1 } });
  assert.equal([context.principal, context.client.name], [localUser, 'Ada']);
  assert.equal([context.scope, context.sessionId], ['s-1', 's-1']);
  assert.equal(context.trace, { traceparent });
  assert.is(context.meta['test/mine'], 1);
  assert.is(context.signal, exchange.signal);
});

test('an interruption ends the request from our side', () => {
  const { context, exchange } = open();
  context.interrupt(new Error('Timed out'));
  assert.ok(context.signal.aborted);
  assert.not(exchange.isCancelled);
});

test('progress goes nowhere without a token', () => {
  const { context, told } = open();
  context.progress(1, 2, 'half');
  assert.equal(told, []);
});

for (const progressToken of ['p', '', 0, -1]) {
  test(`progress goes to the token ${JSON.stringify(progressToken)}, and may be dropped`, () => {
    const { context, told } = open({ meta: { progressToken } });
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
  const { context, told } = open({ meta: { progressToken: 'p' } });
  for (const value of [-5, 0, 0, -1, 0.5, 0.4, Number.NaN, 1, 1]) context.progress(value);
  assert.equal(
    told.map(([, params]) => (params as JsonObject)['progress']),
    [-5, 0, 0.5, 1],
  );
});

for (const version of versions.slice(0, 4)) {
  test(`${version}: progress has a message where the revision knows one`, () => {
    const { context, told } = open({ version, meta: { progressToken: 'p' } });
    context.progress(1, undefined, 'half');
    const params = told[0]?.[1] as JsonObject;
    assert.equal(Object.keys(params), [
      'progressToken',
      'progress',
      ...(version >= '2025-03-26' ? ['message'] : []),
    ]);
  });
}

for (const threshold of logLevels) {
  test(`a session that wants "${threshold}" gets that and what is more severe`, () => {
    const { context, told } = open({ logLevel: threshold });
    for (const level of logLevels) context.log(level, level);
    assert.equal(
      told.map(([method, params]) => [method, (params as JsonObject)['level']]),
      logLevels.slice(logLevels.indexOf(threshold)).map((level) => ['notifications/message', level]),
    );
  });
}

test('a level that changes counts from then on', () => {
  const { context, stay, told } = open();
  context.log('debug', 1);
  stay.session = { ...stay.session, logLevel: 'debug' };
  context.log('debug', 2);
  assert.equal(told, [['notifications/message', { level: 'debug', data: 2 }, { droppable: true }]]);
});

test('a log message may name its logger', () => {
  const { context, told } = open();
  context.log('error', { fact: 1 }, 'tool');
  assert.equal(told[0]?.[1], { level: 'error', logger: 'tool', data: { fact: 1 } });
});

test('all questions are asked at once, and answered by their keys', async () => {
  const { context, asked } = open();
  const answers = context.ask({ who: form, where: roots });
  assert.equal(
    asked.map(({ method }) => method),
    ['elicitation/create', 'roots/list'],
  );
  asked[1]?.answer({ roots: [{ uri: 'file:///a' }] });
  asked[0]?.answer({ action: 'accept', content: { name: 'Ada' } });
  assert.equal(await answers, {
    who: { action: 'accept', content: { name: 'Ada' } },
    where: { roots: [{ uri: 'file:///a' }] },
  });
});

test('a client that can’t be asked isn’t', async () => {
  const { context, asked } = open({ capabilities: { roots: {} } });
  const error = await failureOf(context.ask({ where: roots, who: form }));
  assert.is(error.code, 'client.capability-missing');
  assert.equal(asked, []);
});

test('an answer of another shape is unusable', async () => {
  const { context, asked } = open();
  const failing = failureOf(context.ask({ who: form }));
  asked[0]?.answer({ action: 'maybe' });
  const { code, kind, message } = await failing;
  assert.equal([code, kind], ['client.answer-unusable', 'unavailable']);
  assert.is(
    message,
    'The client was asked and gave an answer to elicitation/create without the required members',
  );
});

test('an error of the client isn’t one of ours: its number is not passed on', async () => {
  const { context, asked } = open();
  const failing = failureOf(context.ask({ who: form }));
  asked[0]?.fail(new RpcError(-32602, 'I am confused'));
  const error = await failing;
  assert.instance(error, DomainError);
  assert.is(error.message, 'The client was asked and gave the error "I am confused"');
});

test('a client that has gone gave no answer', async () => {
  const { context, asked } = open();
  const failing = failureOf(context.ask({ who: form }));
  asked[0]?.fail(new Error('The client has closed its side'));
  const { code, message } = await failing;
  assert.is(code, 'client.answer-missing');
  assert.is(message, 'The client gave no answer: The client has closed its side');
});

test('a question that ends with its request fails as the request does', async () => {
  const { context, exchange, asked } = open();
  const failing = failureOf(context.ask({ who: form }));
  const reason = new Error('cancelled');
  exchange.cancel(reason);
  asked[0]?.fail(reason);
  assert.is(await failing, reason);
});

test('tells when it begins to wait for the client and when it goes on', async () => {
  const { context, asked } = open();
  const waiting: boolean[] = [];
  context.onWaiting((isWaiting) => waiting.push(isWaiting));
  assert.equal(waiting, []);
  const first = context.ask({ who: form });
  const second = context.ask({ where: roots });
  assert.is(waiting.at(-1), true);
  asked[0]?.answer({ action: 'decline' });
  await first;
  assert.is(waiting.at(-1), true, 'one answer is still awaited');
  asked[1]?.answer({ roots: [] });
  await second;
  await settle();
  assert.is(waiting.at(-1), false);
});

test('goes on after a question that failed, too', async () => {
  const { context, asked } = open();
  const waiting: boolean[] = [];
  context.onWaiting((isWaiting) => waiting.push(isWaiting));
  const failing = failureOf(context.ask({ who: form }));
  asked[0]?.fail(new Error('gone'));
  await failing;
  assert.equal(waiting, [true, false]);
});

test('tells at once who listens while it waits', async () => {
  const { context, asked } = open();
  const answers = context.ask({ where: roots });
  const waiting: boolean[] = [];
  context.onWaiting((isWaiting) => waiting.push(isWaiting));
  assert.equal(waiting, [true]);
  asked[0]?.answer({ roots: [] });
  await answers;
});

test('doesn’t wait for a client that can’t be asked', async () => {
  const { context } = open({ capabilities: {} });
  const waiting: boolean[] = [];
  context.onWaiting((isWaiting) => waiting.push(isWaiting));
  await failureOf(context.ask({ where: roots }));
  assert.equal(waiting, []);
});

test.run();
