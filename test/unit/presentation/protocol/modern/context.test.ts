import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InputRequired } from '../../../../../src/application/asking.ts';
import { logLevels } from '../../../../../src/domain/session/log-level.ts';
import type { JsonObject } from '../../../../../src/domain/shared/json.ts';
import { unasked } from '../../../../../src/presentation/protocol/modern/answers.ts';
import { ModernContext } from '../../../../../src/presentation/protocol/modern/context.ts';
import { codeOf, failureOf, refusalOf } from '../../../../support/failure.ts';
import { type ModernCallOptions, modernCall } from './modern-call.ts';

const test = suite('modern context');

const form = { kind: 'elicitation', message: 'Who?', requestedSchema: {} } as const;
const roots = { kind: 'roots' } as const;
const accepted = { action: 'accept', content: { name: 'Ada' } };

function open(given?: JsonObject, options?: ModernCallOptions) {
  const { call, told } = modernCall(options);
  return { context: new ModernContext(call, unasked(given)), told };
}

test('the client’s answers are there already', async () => {
  const { context } = open({ who: accepted, where: { roots: [] }, extra: 'ignored' });
  assert.equal(await context.ask({ who: form, where: roots }), { who: accepted, where: { roots: [] } });
});

test('what is open unwinds the handler, with what was used so far', async () => {
  const { context } = open({ first: accepted });
  assert.equal(await context.ask({ first: form }), { first: accepted });
  const unanswered = await failureOf(context.ask({ first: form, second: form, where: roots }));
  assert.instance(unanswered, InputRequired);
  assert.equal(unanswered.open, { second: form, where: roots });
  assert.equal({ ...context.used }, { first: accepted });
});

test('an answer that nobody asked for is not used', async () => {
  const { context } = open({ first: accepted, other: accepted });
  await context.ask({ first: form });
  assert.equal(Object.keys(context.used), ['first']);
});

test('a question may have any key without touching a prototype', async () => {
  const key = '__proto__';
  const { context } = open(JSON.parse(`{"${key}":{"action":"decline"}}`));
  const answers = await context.ask(JSON.parse(`{"${key}":${JSON.stringify(form)}}`));
  assert.equal(Object.keys(answers), [key]);
  assert.equal(Object.keys(context.used), [key]);
  const { context: without } = open({});
  assert.instance(await failureOf(without.ask({ constructor: form })), InputRequired);
});

for (const answer of [null, 'x', [], {}, { action: 'maybe' }, { roots: [] }]) {
  test(`the context refuses ${JSON.stringify(answer)} as the answer of a form`, async () => {
    const { context } = open({ who: answer });
    const error = await refusalOf(context.ask({ who: form }));
    assert.is(error.code, 'client.answer-invalid');
    assert.match(error.message, /^Expected "inputResponses\.who" to answer .* elicitation: an "action" \(/);
  });
}

test('a client that didn’t declare it isn’t asked, even if it answers', async () => {
  const { context } = open({ who: accepted }, { capabilities: { roots: {} } });
  assert.is(await codeOf(context.ask({ who: form })), 'client.capability-missing');
});

test('no log messages unless the request wants some', () => {
  const { context, told } = open();
  for (const level of logLevels) context.log(level, 'x');
  assert.equal(told, []);
});

for (const logLevel of logLevels) {
  test(`a request that wants "${logLevel}" gets that and what is more severe`, () => {
    const { context, told } = open({}, { logLevel });
    for (const level of logLevels) context.log(level, 'x');
    assert.equal(
      told.map(([, params]) => (params as JsonObject)['level']),
      logLevels.slice(logLevels.indexOf(logLevel)),
    );
  });
}

test('the context never waits: it unwinds', async () => {
  const { context } = open();
  const waiting: boolean[] = [];
  context.onWaiting((isWaiting) => waiting.push(isWaiting));
  await failureOf(context.ask({ who: form }));
  assert.equal(waiting, []);
});

test('the context has no session; what it opens belongs to its principal', () => {
  const { context } = open();
  assert.equal([context.sessionId, context.scope], [undefined, 'local']);
});

test.run();
