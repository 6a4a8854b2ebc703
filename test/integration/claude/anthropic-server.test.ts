import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { TEST_API_KEY } from '../../support/anthropic-request.ts';
import { AnthropicServer } from '../../support/anthropic-server.ts';

const server = await AnthropicServer.start({ contextWindow: 1000 });
const test = suite('AnthropicServer: refuses what the API refuses');
test.after(() => server.close());

const user = (content: unknown) => ({ role: 'user', content });
const assistant = (content: unknown) => ({ role: 'assistant', content });
const right = { model: 'claude-sonnet-5-5', max_tokens: 10, messages: [user('Hello')], stream: true };

async function post(body: unknown, headers: Record<string, string> = {}, path = '/v1/messages') {
  const response = await fetch(server.url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'anthropic-version': '2026-10-21',
      authorization: `Bearer ${TEST_API_KEY}`,
      ...headers,
    },
    body: JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
}

test('the imitation answers what is right', async () => {
  const { status, text } = await post(right);
  assert.is(status, 200);
  assert.match(text, /^event: message_start\n.*event: ping\n.*event: message_stop\ndata: [^\n]+\n\n$/s);
});

test('the imitation wants a key and a version', async () => {
  assert.is((await post(right, { authorization: 'Bearer other' })).status, 401);
  assert.is((await post(right, { 'anthropic-version': '' })).status, 400);
  assert.is((await post(right, { 'content-type': 'text/plain' })).status, 400);
});

const toolUse = { type: 'tool_use', id: 'toolu_1', name: 'echo', input: {} };
for (const [what, change, status = 400] of [
  ['an unknown model', { model: 'claude-1' }, 404],
  ['no model', { model: undefined }],
  ['no max_tokens', { max_tokens: undefined }],
  ['max_tokens of none', { max_tokens: 0 }],
  ['a key it does not know', { maxTokens: 10 }],
  ['a temperature beyond 1', { temperature: 1.5 }],
  ['an empty system prompt', { system: [{ type: 'text', text: '' }] }],
  ['no messages', { messages: [] }],
  ['a beginning by the assistant', { messages: [assistant('Hi')] }],
  ['two of one role', { messages: [user('a'), user('b')] }],
  ['an end by the assistant', { messages: [user('a'), assistant('b')] }],
  ['empty content', { messages: [user([])] }],
  ['text of spaces', { messages: [user([{ type: 'text', text: ' \n' }])] }],
  ['a block of the other role', { messages: [user([toolUse])] }],
  ['a tool use without its result', { messages: [user('a'), assistant([toolUse]), user('b')] }],
  [
    'thinking without signature',
    { messages: [user('a'), assistant([{ type: 'thinking', thinking: 'x' }]), user('b')] },
  ],
  [
    'a mark on thinking',
    {
      messages: [user('a'), assistant([{ type: 'thinking', signature: 'x', cache_control: {} }]), user('b')],
    },
  ],
  ['five marks', { messages: [user(Array(5).fill({ type: 'text', text: 'a', cache_control: {} }))] }],
  ['a prompt too long', { messages: [user('x'.repeat(5000))] }],
] as const) {
  test(`the imitation refuses ${what}`, async () => {
    const got = await post({ ...right, ...change });
    assert.is(got.status, status, got.text);
    assert.is(JSON.parse(got.text).type, 'error');
  });
}

test('counts, and has no other addresses', async () => {
  const { max_tokens: _, stream: __, ...prompt } = right;
  const { text } = await post(prompt, {}, '/v1/messages/count_tokens');
  assert.ok(JSON.parse(text).input_tokens > 0);
  assert.is((await post(right, {}, '/v1/complete')).status, 404);
});

test.run();
