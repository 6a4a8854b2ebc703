import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PromptDefinition } from '../../../../src/application/prompts/define-prompt.ts';
import { getPrompt } from '../../../../src/application/queries/get-prompt.ts';
import { Registry } from '../../../../src/application/registry.ts';
import { codeOf, failureOf, refusalOf } from '../../../support/failure.ts';
import { fakeContext } from '../fake-context.ts';

const test = suite('get-prompt');

const argument = (name: string, required: boolean) => ({ name, description: 'For tests', required });

function getting(get?: PromptDefinition['get']) {
  const prompts = new Registry<PromptDefinition>('prompt');
  prompts.add('greet', {
    prompt: {
      name: 'greet',
      description: 'Greets',
      arguments: [argument('name', true), argument('tone', false)],
    },
    get:
      get ??
      (async (args) => ({
        messages: [{ role: 'user', content: { type: 'text', text: JSON.stringify(args) } }],
      })),
  });
  return getPrompt({ prompts });
}

for (const args of [{ name: 'Ada' }, { name: 'Ada', tone: 'formal' }, { name: '' }]) {
  test(`the query writes the prompt with ${JSON.stringify(args)}`, async () => {
    const { messages } = await getting()({ name: 'greet', arguments: args }, fakeContext());
    assert.equal(messages, [{ role: 'user', content: { type: 'text', text: JSON.stringify(args) } }]);
  });
}

for (const [args, problems] of [
  [{}, '"name" is required'],
  [{ name: 'Ada', mood: 'x' }, '"mood" is no argument of this prompt'],
  [{ mood: 'x' }, '"name" is required; "mood" is no argument of this prompt'],
  [JSON.parse('{"name":"Ada","__proto__":"x"}'), '"__proto__" is no argument of this prompt'],
] as const) {
  test(`the query refuses ${JSON.stringify(args)} and says why`, async () => {
    const { code, kind, message } = await refusalOf(
      getting()({ name: 'greet', arguments: args }, fakeContext()),
    );
    assert.equal([code, kind], ['prompt.arguments-invalid', 'invalid']);
    assert.is(message, `The arguments of prompt "greet" don't fit: ${problems}`);
  });
}

test('the query names at most eight problems', async () => {
  const args = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`unknown-${at}`, 'x']));
  const { message } = await refusalOf(getting()({ name: 'greet', arguments: args }, fakeContext()));
  assert.is(message.split(';').length, 8);
});

test('the query finds no required argument in a prototype', async () => {
  const prompts = new Registry<PromptDefinition>('prompt');
  prompts.add('p', {
    prompt: { name: 'p', description: 'For tests', arguments: [argument('constructor', true)] },
    get: async () => ({ messages: [] }),
  });
  const run = getPrompt({ prompts });
  assert.is(await codeOf(run({ name: 'p', arguments: {} }, fakeContext())), 'prompt.arguments-invalid');
});

for (const name of ['nope', '__proto__', 'n'.repeat(1000)]) {
  test(`there is no prompt "${name.slice(0, 10)}"`, async () => {
    const { code, data } = await refusalOf(getting()({ name, arguments: {} }, fakeContext()));
    assert.equal([code, data], ['prompt.not-found', { prompt: name.slice(0, 140) }]);
  });
}

test('the query passes a failure', async () => {
  const boom = new Error('boom');
  const run = getting(() => Promise.reject(boom));
  assert.is(await failureOf(run({ name: 'greet', arguments: { name: 'x' } }, fakeContext())), boom);
});

test.run();
