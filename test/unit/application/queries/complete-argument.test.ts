import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Completer } from '../../../../src/application/completer.ts';
import type { PromptDefinition } from '../../../../src/application/prompts/define-prompt.ts';
import {
  type CompleteArgument,
  completeArgument,
} from '../../../../src/application/queries/complete-argument.ts';
import { Registry } from '../../../../src/application/registry.ts';
import { refusalOf } from '../../../support/failure.ts';
import { fakeContext } from '../fake-context.ts';
import { family, registriesOf } from '../resources/test-resources.ts';

const test = suite('complete-argument');

const numbered =
  (count: number): Completer =>
  async (typed) =>
    Array.from({ length: count }, (_, at) => `${typed}${at}`);

const prompts = new Registry<PromptDefinition>('prompt');
const argument = (name: string) => ({ name, description: 'For tests', required: false });
prompts.add('greet', {
  prompt: {
    name: 'greet',
    description: 'Greets',
    arguments: ['exactly', 'more', 'given', 'none', 'constructor'].map(argument),
  },
  get: async () => ({ messages: [] }),
  complete: {
    exactly: numbered(100),
    more: numbered(101),
    given: async (typed, given) => [`${typed} after ${JSON.stringify(given)}`],
  },
});
prompts.add('mute', {
  prompt: { name: 'mute', description: 'Completes nothing', arguments: [argument('name')] },
  get: async () => ({ messages: [] }),
});
const complete = completeArgument({
  ...registriesOf(family('test://{id}/{rest}', { complete: { id: async () => ['one', 'two'] } })),
  prompts,
});

const ofPrompt = (name: string, argumentName: string, value = 'x', given = {}): CompleteArgument => ({
  reference: { kind: 'prompt', name },
  argument: { name: argumentName, value },
  given,
});
const ofTemplate = (uri: string, argumentName: string): CompleteArgument => ({
  reference: { kind: 'resource', uri },
  argument: { name: argumentName, value: '' },
  given: {},
});

test('the completion gives what could stand for what was typed', async () => {
  assert.equal(await complete(ofTemplate('test://{id}/{rest}', 'id'), fakeContext()), {
    values: ['one', 'two'],
    total: 2,
    hasMore: false,
  });
});

test('the completion knows the arguments that were given already', async () => {
  const { values } = await complete(ofPrompt('greet', 'given', 'x', { name: 'Ada' }), fakeContext());
  assert.equal(values, ['x after {"name":"Ada"}']);
});

test('the completion gives up to 100 values', async () => {
  const { values, total, hasMore } = await complete(ofPrompt('greet', 'exactly'), fakeContext());
  assert.equal([values.length, total, hasMore], [100, 100, false]);
});

test('the completion gives the first 100 of more, and says so', async () => {
  const { values, total, hasMore } = await complete(ofPrompt('greet', 'more'), fakeContext());
  assert.equal([values.length, total, hasMore], [100, 101, true]);
  assert.is(values[99], 'x99');
});

for (const [what, message] of [
  ['an argument without a completer', ofPrompt('greet', 'none')],
  ['an argument named like a member of every object', ofPrompt('greet', 'constructor')],
  ['an argument of a prompt without completers', ofPrompt('mute', 'name')],
  ['a variable without a completer', ofTemplate('test://{id}/{rest}', 'rest')],
] as const) {
  test(`the completion has nothing for ${what}`, async () => {
    assert.equal(await complete(message, fakeContext()), { values: [], total: 0, hasMore: false });
  });
}

for (const [message, text] of [
  [ofPrompt('nope', 'name'), 'There isn\'t a prompt "nope" to complete'],
  [ofPrompt('__proto__', 'name'), 'There isn\'t a prompt "__proto__" to complete'],
  [ofPrompt('greet', 'unknown'), 'There isn\'t an argument "unknown" there to complete'],
  [ofTemplate('test://1/2', 'id'), 'There isn\'t a resource "test://1/2" to complete'],
  [ofTemplate('test://{id}/{rest}', 'unknown'), 'There isn\'t an argument "unknown" there to complete'],
] as const) {
  test(`refuses: ${text}`, async () => {
    const error = await refusalOf(complete(message, fakeContext()));
    assert.equal([error.code, error.kind, error.message], ['completion.unknown', 'invalid', text]);
  });
}

test('the completion shows of a long name no more than its beginning', async () => {
  const error = await refusalOf(complete(ofPrompt('n'.repeat(100_000), 'x'), fakeContext()));
  assert.ok(error.message.length < 400);
});

test.run();
