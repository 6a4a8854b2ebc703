import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ClaudeMessage, ClaudeRequest } from '../../../src/application/ports/claude.ts';
import {
  AnthropicClaude,
  type AnthropicClaudeOptions,
} from '../../../src/infrastructure/claude/anthropic-claude.ts';
import { answer } from '../../support/anthropic-replies.ts';
import { TEST_API_KEY } from '../../support/anthropic-request.ts';
import { AnthropicServer } from '../../support/anthropic-server.ts';

const server = await AnthropicServer.start();
const test = suite('AnthropicClaude: what is sent and read');
test.after(() => server.close());

const claude = (more: Partial<AnthropicClaudeOptions> = {}) =>
  new AnthropicClaude({
    apiKey: TEST_API_KEY,
    baseUrl: server.url,
    timeoutMs: 20_000,
    maxRetries: 0,
    ...more,
  });

const user = (text: string): ClaudeMessage => ({ role: 'user', content: [{ type: 'text', text }] });
const assistant = (text: string): ClaudeMessage => ({ role: 'assistant', content: [{ type: 'text', text }] });
const request = (more: Partial<ClaudeRequest> = {}): ClaudeRequest => ({
  model: 'claude-sonnet-5-5',
  messages: [user('Hello')],
  maxTokens: 100,
  ...more,
});
const signal = new AbortController().signal;
const mark = { type: 'ephemeral' };

test('the adapter sends what is set and nothing else', async () => {
  await claude().send(request(), { signal });
  assert.equal(server.messageBodies.at(-1), {
    model: 'claude-sonnet-5-5',
    max_tokens: 100,
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }],
    stream: true,
  });
  await claude().send(request({ temperature: 0, topP: 0.5, topK: 3, system: 'Be brief' }), { signal });
  const { temperature, top_p, top_k, system } = server.messageBodies.at(-1);
  assert.equal([temperature, top_p, top_k], [0, 0.5, 3]);
  assert.equal(system, [{ type: 'text', text: 'Be brief', cache_control: mark }]);
});

test('the adapter tells the text as it comes, and returns the whole', async () => {
  server.next(answer({ content: 'A text in pieces, 😀 too', pieceLength: 3, outputTokens: 9 }));
  const told: string[] = [];
  const reply = await claude().send(request(), { signal, onText: (text) => told.push(text) });
  assert.is(told.join(''), 'A text in pieces, 😀 too');
  assert.is(told.length, 8);
  assert.equal(reply, {
    content: [{ type: 'text', text: 'A text in pieces, 😀 too' }],
    model: 'claude-sonnet-5-5',
    stopReason: 'end_turn',
    usage: { inputTokens: 17, outputTokens: 9, cacheCreationTokens: 0, cacheReadTokens: 0 },
  });
});

test('the adapter marks the stable beginning for the cache, and reads what that saved', async () => {
  const { usage } = await claude().send(
    request({
      system: 'Be brief',
      messages: [user('a'), assistant('b'), user('c'), assistant('d'), user('e')],
    }),
    { signal },
  );
  const { messages } = server.messageBodies.at(-1);
  const marked = messages.map(({ content }: { content: object[] }) =>
    content.some((block) => 'cache_control' in block),
  );
  assert.equal(marked, [false, false, false, true, false]);
  assert.ok(usage.cacheReadTokens > 0);
});

test('the adapter keeps thinking and tool use so that they can be sent again', async () => {
  const thinking = { type: 'thinking', thinking: 'Let me see', signature: 'c2lnbmVk' };
  const redacted = { type: 'redacted_thinking', data: 'aGlkZGVu' };
  const toolUse = {
    type: 'tool_use',
    id: 'toolu_1',
    name: 'echo',
    input: { message: 'hi', deep: [1, { a: null }] },
  };
  const content = [
    thinking,
    redacted,
    { type: 'text', text: 'I ask' },
    toolUse,
    { type: 'text', text: ' \n' },
  ];
  server.next(answer({ content, stopReason: 'tool_use' }));
  const reply = await claude().send(request(), { signal });
  assert.is(reply.stopReason, 'tool_use');
  assert.equal(reply.content, [
    { type: 'other', block: thinking },
    { type: 'other', block: redacted },
    { type: 'text', text: 'I ask' },
    toolUse,
  ]);

  const result = { type: 'tool_result', toolUseId: 'toolu_1', isError: false } as const;
  const image = { type: 'image', mediaType: 'image/png', data: 'iVBORw0KGgo=' } as const;
  await claude().send(
    request({
      messages: [
        user('Hello'),
        { role: 'assistant', content: reply.content },
        { role: 'user', content: [{ ...result, content: [{ type: 'text', text: 'hi' }, image] }] },
      ],
    }),
    { signal },
  );
  assert.equal(server.messageBodies.at(-1).messages.slice(1), [
    {
      role: 'assistant',
      content: [thinking, redacted, { type: 'text', text: 'I ask' }, { ...toolUse, cache_control: mark }],
    },
    {
      role: 'user',
      content: [
        {
          type: 'tool_result',
          tool_use_id: 'toolu_1',
          content: [
            { type: 'text', text: 'hi' },
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } },
          ],
          is_error: false,
        },
      ],
    },
  ]);
});

test('the adapter marks nothing in a message of thinking alone', async () => {
  const block = { type: 'thinking', thinking: 'Hm', signature: 'c2lnbmVk' };
  const messages: ClaudeMessage[] = [
    user('a'),
    { role: 'assistant', content: [{ type: 'other', block }] },
    user('b'),
  ];
  await claude().send(request({ messages }), { signal });
  assert.equal(server.messageBodies.at(-1).messages[1], { role: 'assistant', content: [block] });
});

test('the adapter takes a refusal for a reply, empty as it may be', async () => {
  server.next(answer({ content: [], stopReason: 'refusal' }));
  const { content, stopReason } = await claude().send(request(), { signal });
  assert.equal({ content, stopReason }, { content: [], stopReason: 'refusal' });
});

test('the adapter counts tokens of the same prompt that it would send', async () => {
  const prompt = request({ system: 'Be brief' });
  const count = await claude().countTokens(prompt, signal);
  const { usage } = await claude().send(prompt, { signal });
  assert.is(count, usage.inputTokens + usage.cacheCreationTokens);
});

test('the adapter learns the size of a model once', async () => {
  const one = claude();
  const asked = () => server.requests.filter(({ path }) => path.startsWith('/v1/models/')).length;
  assert.is(await one.contextWindow('claude-opus-5-5', signal), 200_000);
  assert.is(await one.contextWindow('claude-opus-5-5', signal), 200_000);
  assert.is(asked(), 1);
  assert.is(await one.contextWindow('../../secret?x', signal), undefined);
  assert.is(
    await claude({ baseUrl: 'http://127.0.0.1:9' }).contextWindow('claude-opus-5-5', signal),
    undefined,
  );
});

test('the adapter tells how a model stands', async () => {
  const standings = ['claude-sonnet-5-5', 'claude-3-opus-20240229', 'claude-opus-9'].map((m) =>
    claude().standing(m),
  );
  assert.equal(await Promise.all(standings), ['known', 'retired', 'unknown']);
});

test.run();
