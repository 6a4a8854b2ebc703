import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { logLevels } from '../../../../../src/domain/session/log-level.ts';
import { DomainError } from '../../../../../src/domain/shared/domain-error.ts';
import type { JsonObject } from '../../../../../src/domain/shared/json.ts';
import { RpcError } from '../../../../../src/presentation/jsonrpc/rpc-error.ts';
import { failureOf, refusalOf } from '../../../../support/failure.ts';
import { openContext } from './legacy-context.ts';

const test = suite('legacy context');

const form = { kind: 'elicitation', message: 'Who?', requestedSchema: {} } as const;
const roots = { kind: 'roots' } as const;
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

for (const threshold of logLevels) {
  test(`a session that wants "${threshold}" gets that and what is more severe`, () => {
    const { context, told } = openContext({ logLevel: threshold });
    for (const level of logLevels) context.log(level, level);
    assert.equal(
      told.map(([method, params]) => [method, (params as JsonObject)['level']]),
      logLevels.slice(logLevels.indexOf(threshold)).map((level) => ['notifications/message', level]),
    );
  });
}

test('a level that changes counts from then on', () => {
  const { context, own, told } = openContext();
  context.log('debug', 1);
  own.session = { ...own.session, logLevel: 'debug' };
  context.log('debug', 2);
  assert.equal(told, [['notifications/message', { level: 'debug', data: 2 }, { droppable: true }]]);
});

test('all questions are asked at once, and answered by their keys', async () => {
  const { context, asked } = openContext();
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
  const { context, asked } = openContext({ capabilities: { roots: {} } });
  const error = await refusalOf(context.ask({ where: roots, who: form }));
  assert.is(error.code, 'client.capability-missing');
  assert.equal(asked, []);
});

test('an answer of another shape is unusable', async () => {
  const { context, asked } = openContext();
  const failing = refusalOf(context.ask({ who: form }));
  asked[0]?.answer({ action: 'maybe' });
  const { code, kind, message } = await failing;
  assert.equal([code, kind], ['client.answer-unusable', 'unavailable']);
  assert.is(
    message,
    'The client was asked and gave an unusable answer to elicitation/create: expected an "action" (accept, decline or cancel) and, if any, an object as "content"',
  );
});

test('an error of the client isn’t one of ours: its number is not passed on', async () => {
  const { context, asked } = openContext();
  const failing = refusalOf(context.ask({ who: form }));
  asked[0]?.fail(new RpcError(-32602, 'I am confused'));
  const error = await failing;
  assert.instance(error, DomainError);
  assert.is(error.message, 'The client was asked and gave the error "I am confused"');
});

test('a client that has gone gave no answer', async () => {
  const { context, asked } = openContext();
  const failing = refusalOf(context.ask({ who: form }));
  asked[0]?.fail(new Error('The client has closed its side'));
  const { code, message } = await failing;
  assert.is(code, 'client.answer-missing');
  assert.is(message, 'The client gave no answer: The client has closed its side');
});

test('a question that ends with its request fails as the request does', async () => {
  const { context, exchange, asked } = openContext();
  const failing = failureOf(context.ask({ who: form }));
  const reason = new Error('cancelled');
  exchange.cancel(reason);
  asked[0]?.fail(reason);
  assert.is(await failing, reason);
});

test('the context tells when it begins to wait for the client and when it goes on', async () => {
  const { context, asked } = openContext();
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

test('the context goes on after a question that failed, too', async () => {
  const { context, asked } = openContext();
  const waiting: boolean[] = [];
  context.onWaiting((isWaiting) => waiting.push(isWaiting));
  const failing = refusalOf(context.ask({ who: form }));
  asked[0]?.fail(new Error('gone'));
  await failing;
  assert.equal(waiting, [true, false]);
});

test('the context tells at once who listens while it waits', async () => {
  const { context, asked } = openContext();
  const answers = context.ask({ where: roots });
  const waiting: boolean[] = [];
  context.onWaiting((isWaiting) => waiting.push(isWaiting));
  assert.equal(waiting, [true]);
  asked[0]?.answer({ roots: [] });
  await answers;
});

test('doesn’t wait for a client that can’t be asked', async () => {
  const { context } = openContext({ capabilities: {} });
  const waiting: boolean[] = [];
  context.onWaiting((isWaiting) => waiting.push(isWaiting));
  await refusalOf(context.ask({ where: roots }));
  assert.equal(waiting, []);
});

test.run();
