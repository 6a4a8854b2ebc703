import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Question } from '../../../../../src/application/asking.ts';
import type { Client, ClientCapability } from '../../../../../src/application/request-context.ts';
import { DomainError } from '../../../../../src/domain/shared/domain-error.ts';
import {
  decodeAnswer,
  encodeQuestion,
  requireCapabilities,
} from '../../../../../src/presentation/protocol/wire/questions.ts';
import { featuresOf, versions } from '../features.ts';

const test = suite('questions');

const form: Question = {
  kind: 'elicitation',
  message: 'Who are you?',
  requestedSchema: { type: 'object', properties: { name: { type: 'string' } } },
};
const approval: Question = { kind: 'approval', message: 'Do it?' };
const page: Question = {
  kind: 'url-elicitation',
  message: 'Sign in',
  url: 'https://example.com/',
  elicitationId: 'e-1',
};
const sampling: Question = {
  kind: 'sampling',
  messages: [{ role: 'user', content: { type: 'text', text: 'Well?' } }],
  maxTokens: 100,
};
const roots: Question = { kind: 'roots' };

for (const version of versions) {
  const features = featuresOf(version);

  test(`${version}: a form`, () => {
    const { kind, ...params } = form as { kind: string };
    assert.equal(encodeQuestion(form, features), {
      method: 'elicitation/create',
      params: { ...(version >= '2025-11-25' && { mode: 'form' }), ...params },
    });
  });

  test(`${version}: an approval is a form without fields`, () => {
    assert.equal(encodeQuestion(approval, features), {
      method: 'elicitation/create',
      params: {
        ...(version >= '2025-11-25' && { mode: 'form' }),
        message: 'Do it?',
        requestedSchema: { type: 'object', properties: {} },
      },
    });
  });

  test(`${version}: a page to visit`, () => {
    assert.equal(encodeQuestion(page, features), {
      method: 'elicitation/create',
      params: {
        mode: 'url',
        message: 'Sign in',
        url: 'https://example.com/',
        ...(features.era === 'legacy' && { elicitationId: 'e-1' }),
      },
    });
  });

  test(`${version}: a question for the model`, () => {
    const messages = [{ role: 'user', content: { type: 'text', text: 'Well?' } }];
    assert.equal(encodeQuestion(sampling, features), {
      method: 'sampling/createMessage',
      params: { messages, maxTokens: 100 },
    });
    assert.equal(encodeQuestion({ ...sampling, systemPrompt: 'Be brief', temperature: 0 }, features).params, {
      messages,
      maxTokens: 100,
      systemPrompt: 'Be brief',
      temperature: 0,
    });
  });

  test(`${version}: the folders`, () => {
    assert.equal(encodeQuestion(roots, features), { method: 'roots/list', params: {} });
  });
}

for (const question of [form, approval, page]) {
  test(`an answer to ${question.kind} is read as it is meant, where its form is empty`, () => {
    assert.equal(decodeAnswer(question, { action: 'accept', content: null }), { action: 'accept' });
    assert.equal(decodeAnswer(question, { action: 'accept', content: [] }), {
      action: 'accept',
      content: {},
    });
  });
}

for (const [question, usable, unusable] of [
  [
    form,
    [
      { action: 'accept', content: { name: 'Ada' } },
      { action: 'accept' },
      { action: 'decline' },
      { action: 'cancel', extra: 1 },
    ],
    [
      {},
      { action: 'maybe' },
      { action: null },
      { action: 'accept', content: ['x'] },
      { action: 'accept', content: 'x' },
    ],
  ],
  [
    approval,
    [{ action: 'accept' }, { action: 'accept', content: {} }, { action: 'decline' }, { action: 'cancel' }],
    [
      {},
      { approve: true },
      { action: 'ACCEPT' },
      { action: 'approve' },
      { action: true },
      { action: ['accept'] },
      { action: 'accept', content: { approve: 'true' } },
      { action: 'accept', content: { approve: false } },
      { action: 'accept', content: [false] },
      { action: 'accept', content: 'no' },
    ],
  ],
  [page, [{ action: 'accept' }, { action: 'decline' }], [{ action: 'visit' }, { content: {} }]],
  [
    sampling,
    [
      { role: 'assistant', model: 'm', content: { type: 'text', text: 'x' } },
      { role: 'user', model: '', content: [], stopReason: 'endTurn' },
      { role: 'user', model: 'm', content: [{ type: 'text', text: 'x' }], stopReason: null },
    ],
    [
      {},
      { role: 'assistant', content: {} },
      { role: 'system', model: 'm', content: {} },
      { role: 'assistant', model: 'm' },
      { role: 'assistant', model: 'm', content: 'x' },
      { role: 'assistant', model: 5, content: {} },
      { role: 'assistant', model: 'm', content: {}, stopReason: 5 },
      { role: 'assistant', model: 'm', content: {}, stopReason: {} },
      { role: 'assistant', model: 'm', content: {}, stopReason: ['endTurn'] },
      { role: 'assistant', model: 'm', content: {}, stopReason: false },
      { role: 'assistant', model: 'm', content: null },
      { role: 'assistant', model: 'm', content: [null] },
      { role: 'assistant', model: 'm', content: [{ type: 'text', text: 'x' }, null] },
      { role: 'assistant', model: 'm', content: ['x'] },
      { role: 'assistant', model: 'm', content: [5] },
      { role: 'assistant', model: 'm', content: [[{ type: 'text', text: 'x' }]] },
    ],
  ],
  [
    roots,
    [{ roots: [] }, { roots: [{ uri: 'file:///a' }, { uri: 'file:///b', name: 'b' }] }],
    [
      {},
      { roots: {} },
      { roots: ['file:///a'] },
      { roots: [{ name: 'a' }] },
      { roots: [null] },
      { roots: [{ uri: 5 }] },
    ],
  ],
] as const) {
  test(`an answer to ${question.kind} is taken as it came`, () => {
    for (const answer of usable) assert.is(decodeAnswer(question, answer), answer);
  });

  test(`what answers ${question.kind} in another shape is no answer`, () => {
    for (const answer of [...unusable, null, undefined, 'x', 5, [], [usable[0]]]) {
      assert.is(decodeAnswer(question, answer), undefined, JSON.stringify(answer));
    }
  });
}

const clientThatCan = (...capabilities: readonly ClientCapability[]): Client => ({
  name: 'test',
  version: '1',
  can: (capability) => capabilities.includes(capability),
});

test('a client that can be asked all of it may be asked', () => {
  requireCapabilities({}, clientThatCan());
  requireCapabilities({ a: form, b: roots }, clientThatCan('elicitation', 'roots'));
});

for (const [questions, client, required] of [
  [{ a: form }, clientThatCan('elicitation.url', 'roots'), { elicitation: { form: {} } }],
  [{ a: page }, clientThatCan('elicitation'), { elicitation: { url: {} } }],
  [{ a: form, b: roots, c: sampling }, clientThatCan('sampling'), { elicitation: { form: {} }, roots: {} }],
  [{ a: form, b: page }, clientThatCan(), { elicitation: { form: {}, url: {} } }],
  [{ a: sampling, b: { ...sampling } }, clientThatCan(), { sampling: {} }],
] as const) {
  test(`a client that can't is told what it would have to declare: ${JSON.stringify(required)}`, () => {
    assert.throws(
      () => requireCapabilities(questions, client),
      (error: unknown) =>
        error instanceof DomainError &&
        error.code === 'client.capability-missing' &&
        JSON.stringify(error.data) === JSON.stringify({ requiredCapabilities: required }),
    );
  });
}

test.run();
