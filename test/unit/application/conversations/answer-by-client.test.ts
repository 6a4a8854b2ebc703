import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Questions, SamplingAnswer } from '../../../../src/application/asking.ts';
import { chooseLanguageModel } from '../../../../src/application/conversations/choose-language-model.ts';
import type { RequestContext } from '../../../../src/application/request-context.ts';
import { failureOf } from '../../../support/failure.ts';
import { fakeContext } from '../fake-context.ts';
import { RecordingLogger } from '../recording-logger.ts';

const test = suite('answer by the client');

const languageModel = chooseLanguageModel(undefined, new RecordingLogger('info'));
const said = (text: string) => ({ type: 'text', text }) as const;

function sampling(answer: Partial<SamplingAnswer> = {}) {
  const asked: Questions[] = [];
  const ask = (async (questions: Questions) => {
    asked.push(questions);
    const given = { role: 'assistant', content: said('Yes'), model: 'their-model', ...answer };
    return Object.fromEntries(Object.keys(questions).map((key) => [key, given]));
  }) as RequestContext['ask'];
  const client = { name: 'test', version: '1', can: (what: string) => what === 'sampling' };
  return { asked, context: fakeContext({ ask, client }) };
}

const request = {
  model: 'claude-a',
  maxTokens: 9,
  system: 'Be brief',
  temperature: 0.5,
  messages: [
    { role: 'user', content: [said('Hi')] },
    {
      role: 'assistant',
      content: [{ type: 'other', block: { type: 'thinking' } }, said('Hello'), said('!')],
    },
    { role: 'user', content: [{ type: 'image', mediaType: 'image/png', data: 'AAAA' }, said('This?')] },
  ],
} as const;

test('the model asks with everything said, as far as any model takes it', async () => {
  const { asked, context } = sampling();
  await languageModel(request, { key: 'answer-3', knownTokens: 0 }, context);
  assert.equal(asked, [
    {
      'answer-3': {
        kind: 'sampling',
        messages: [
          { role: 'user', content: said('Hi') },
          { role: 'assistant', content: said('Hello') },
          { role: 'assistant', content: said('!') },
          { role: 'user', content: { type: 'image', data: 'AAAA', mimeType: 'image/png' } },
          { role: 'user', content: said('This?') },
        ],
        maxTokens: 9,
        modelHint: 'claude-a',
        systemPrompt: 'Be brief',
        temperature: 0.5,
      },
    },
  ]);
});

test('the model names the client’s model, and the reason as the API does', async () => {
  for (const [stopReason, expected] of [
    [undefined, 'end_turn'],
    ['endTurn', 'end_turn'],
    ['maxTokens', 'max_tokens'],
    ['stop_sequence', 'stop_sequence'],
  ] as const) {
    const { context } = sampling(stopReason === undefined ? {} : { stopReason });
    assert.equal(await languageModel(request, { key: 'k', knownTokens: 0 }, context), {
      content: [said('Yes')],
      model: 'their-model',
      stopReason: expected,
    });
  }
});

test('the model takes the text of several blocks, and of no others', async () => {
  const content = [said('a'), { type: 'image', data: 'AAAA', mimeType: 'image/png' }, said(''), said('b')];
  const { context } = sampling({ content });
  const answer = await languageModel(request, { key: 'k', knownTokens: 0 }, context);
  assert.equal(answer.content, [said('a'), said('b')]);
});

test('without a key and without sampling says in one sentence how to set a key', async () => {
  const failure = await failureOf(languageModel(request, { key: 'k', knownTokens: 0 }, fakeContext()));
  assert.is(failure.code, 'claude.not-configured');
  for (const way of ['ANTHROPIC_API_KEY', 'claude.api_key_file']) assert.match(failure.message, way);
  assert.not.match(failure.message, /\. /);
});

test.run();
