import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { AnthropicClaude } from '../../../src/infrastructure/claude/anthropic-claude.ts';
import { TEST_API_KEY } from '../../support/anthropic-request.ts';
import { AnthropicServer } from '../../support/anthropic-server.ts';
import { refusalOf } from '../../support/failure.ts';
import { sendEvents, start, stop, text, wrongAnswers } from '../../support/wrong-answers.ts';

const server = await AnthropicServer.start();
const test = suite('AnthropicClaude: what is wrong in an answer');
test.after(() => server.close());

const { signal } = new AbortController();

async function send(events: readonly unknown[], onText: (text: string) => void = () => undefined) {
  const options = { apiKey: TEST_API_KEY, baseUrl: server.url, timeoutMs: 20_000, maxRetries: 0 };
  const messages = [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }] as const;
  server.next(sendEvents(...events));
  return await new AnthropicClaude(options).send(
    { model: 'claude-sonnet-5-5', messages, maxTokens: 100 },
    { signal, onText },
  );
}

for (const [what, [events, words]] of Object.entries(wrongAnswers)) {
  test(`a caller who is answered with ${what} is told so, and told no text that is none`, async () => {
    const told: unknown[] = [];
    const { code, kind, message } = await refusalOf(send(events, (piece) => told.push(piece)));
    assert.equal([code, kind], ['claude.unavailable', 'unavailable'], message);
    assert.match(
      message,
      /^Expected an answer of the Messages API from "127\.0\.0\.1:\d+", got something else/,
    );
    assert.match(message, words);
    assert.ok(told.every((piece) => typeof piece === 'string'));
  });
}

const none = { inputTokens: 0, outputTokens: 0, cacheCreationTokens: 0, cacheReadTokens: 0 };

for (const [what, events, usage] of [
  ['nothing before the end', [start({ usage: undefined }), ...text, ...stop()], { ...none, outputTokens: 5 }],
  ['null', [start({ usage: null }), ...text, ...stop('end_turn', null)], none],
  ['no counts', [start({ usage: {} }), ...text, ...stop('end_turn', {})], none],
  [
    'counts that are null',
    [start({ usage: { input_tokens: null } }), ...text, ...stop('end_turn', { output_tokens: null })],
    none,
  ],
  [
    'counts of the beginning alone',
    [start(), ...text, ...stop('end_turn', {})],
    { ...none, inputTokens: 3, outputTokens: 1 },
  ],
  [
    'all counts at the end',
    [
      start({ usage: {} }),
      ...text,
      ...stop('end_turn', { input_tokens: 4, output_tokens: 5, cache_read_input_tokens: 6 }),
    ],
    { ...none, inputTokens: 4, outputTokens: 5, cacheReadTokens: 6 },
  ],
] as const) {
  test(`an answer whose usage says ${what} is whole`, async () => {
    const reply = await send(events);
    assert.equal(reply, {
      content: [{ type: 'text', text: 'Ghost' }],
      model: 'claude-x',
      stopReason: 'end_turn',
      usage,
    });
  });
}

test('an answer with events and pieces of a newer API is whole', async () => {
  const { content } = await send([
    start(),
    { type: 'newer' },
    ...text,
    { type: 'content_block_delta', index: 0, delta: { type: 'newer_delta', newer: 5 } },
    ...stop(),
    { type: 'content_block_start' },
  ]);
  assert.equal(content, [{ type: 'text', text: 'Ghost' }]);
});

test('a text that has begun when its block does is told', async () => {
  const told: string[] = [];
  const block = { type: 'content_block_start', index: 0, content_block: { type: 'text', text: 'Be' } };
  const piece = { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'gun' } };
  const { content } = await send([start(), block, piece, ...stop()], (given) => told.push(given));
  assert.equal([content, told], [[{ type: 'text', text: 'Begun' }], ['Be', 'gun']]);
});

for (const [model, size] of [
  ['null', null],
  ['a string', '5'],
  ['below zero', -5],
  ['a part', 0.5],
  ['hardly a number', 1e308],
] as const) {
  test(`a context window that is ${model} is not known`, async () => {
    const api = await AnthropicServer.start({ contextWindow: size as number });
    const options = { apiKey: TEST_API_KEY, baseUrl: api.url, timeoutMs: 20_000, maxRetries: 0 };
    const window = await new AnthropicClaude(options).contextWindow('claude-opus-5-5', signal);
    await api.close();
    assert.is(window, undefined);
  });
}

test.run();
