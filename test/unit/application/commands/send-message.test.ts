import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DomainError } from '../../../../src/domain/shared/domain-error.ts';
import { codeOf, failureOf } from '../../../support/failure.ts';
import { addTurn, turnOf } from '../../../support/sample-conversation.ts';
import { conversationDesk, idOf } from '../conversations/conversation-desk.ts';
import { replyOf, ScriptedClaude } from '../conversations/scripted-claude.ts';
import { fakeContext } from '../fake-context.ts';

const test = suite('SendMessage');

const context = fakeContext();
const stranger = fakeContext({ principal: { id: 'eve', kind: 'local' } });

/** A desk with one conversation of one turn. */
async function begin() {
  const claude = new ScriptedClaude();
  const desk = conversationDesk(claude);
  const { conversation } = await desk.create({ text: 'Hi', systemPrompt: 'Be brief', settings: {} }, context);
  const say = (text: string, more = {}, who = context) =>
    desk.send({ conversationId: conversation.id, text, settings: {}, ...more }, who);
  const stored = () => desk.get({ conversationId: conversation.id }, context);
  return { ...desk, claude, id: conversation.id, say, stored };
}

test('the command sends everything said so far, as it was answered', async () => {
  const { claude, say, stored, told } = await begin();
  const thinking = { type: 'other', block: { type: 'thinking', thinking: 'Hm', signature: 's' } } as const;
  claude.replies.push(async () => replyOf('', { content: [thinking, { type: 'text', text: 'Well' }] }));
  await say('How are you?');
  await say('Good');
  const [, , last] = claude.requests;
  assert.is(last?.system, 'Be brief');
  assert.equal(
    last?.messages.map(({ role, content }) => [role, content]),
    [
      ['user', [{ type: 'text', text: 'Hi' }]],
      ['assistant', [{ type: 'text', text: 'Answer 1' }]],
      ['user', [{ type: 'text', text: 'How are you?' }]],
      ['assistant', [thinking, { type: 'text', text: 'Well' }]],
      ['user', [{ type: 'text', text: 'Good' }]],
    ],
  );
  assert.is((await stored()).messages.length, 6);
  assert.equal((await stored()).usage.outputTokens, 15);
  assert.equal(
    told.slice(3),
    Array.from({ length: 4 }, () => 'MessageAdded'),
  );
});

test('what a call says of how to ask holds from then on', async () => {
  const { claude, say } = await begin();
  await say('a', { settings: { model: 'claude-b', temperature: 0 } });
  await say('b');
  await say('c', { settings: { maxTokens: 7 } });
  assert.equal(
    claude.requests.map(({ model, maxTokens, temperature }) => [model, maxTokens, temperature]),
    [
      ['claude-test', 100, undefined],
      ['claude-b', 100, 0],
      ['claude-b', 100, 0],
      ['claude-b', 7, 0],
    ],
  );
});

test('a turn that failed is absent, what it wanted to change included', async () => {
  const { claude, say, stored, told } = await begin();
  const before = await stored();
  const count = told.length;
  claude.replies.push(() => Promise.reject(new DomainError('claude.overloaded', 'unavailable', 'No')));
  assert.is(await codeOf(say('a', { settings: { model: 'claude-b' } })), 'claude.overloaded');
  assert.equal(await stored(), before);
  assert.is(told.length, count);
  await say('a');
});

test('a turn that was cancelled while the answer came is absent', async () => {
  const { claude, say, stored } = await begin();
  const cancelled = fakeContext();
  claude.replies.push(async () => {
    cancelled.abort(new Error('Gone'));
    return replyOf('Too late');
  });
  const failure = await failureOf(say('a', {}, cancelled));
  assert.is(failure.message, 'Gone');
  assert.is((await stored()).messages.length, 2);
});

test('the command knows from the last answer how many tokens there are, without counting', async () => {
  const { claude, say } = await begin();
  claude.window = 1_000_000;
  const usage = { inputTokens: 10, outputTokens: 10, cacheCreationTokens: 0, cacheReadTokens: 199_980 };
  claude.replies.push(async () => replyOf('Long', { usage }));
  await say('a');
  assert.is(claude.counted.length, 0);
  await say('b');
  assert.is(claude.counted.length, 1);
});

test('the second of two at once is busy, before it costs anything', async () => {
  const { claude, say, stored } = await begin();
  const { promise, resolve } = Promise.withResolvers<ReturnType<typeof replyOf>>();
  claude.replies.push(() => promise);
  const first = say('a');
  assert.is(await codeOf(say('b')), 'conversation.busy');
  resolve(replyOf('To a'));
  await first;
  await say('c');
  assert.is(claude.requests.length, 3);
  assert.is((await stored()).messages.length, 6);
});

test('a turn that another process overtook is busy, and adds nothing', async () => {
  const { claude, conversations, id, say, stored } = await begin();
  claude.replies.push(async () => {
    await conversations.update(id, (conversation) => addTurn(conversation, turnOf('theirs')));
    return replyOf('Too late');
  });
  assert.is(await codeOf(say('ours')), 'conversation.busy');
  assert.equal(
    (await stored()).messages.map(({ content: [block] }) => block?.type === 'text' && block.text),
    ['Hi', 'Answer 1', 'theirs', 'To theirs'],
  );
});

test('the system prompt is the one it began with', async () => {
  const { claude, say } = await begin();
  await say('a', { systemPrompt: 'Be brief' });
  assert.is(await codeOf(say('b', { systemPrompt: 'Be long' })), 'conversation.system-prompt-frozen');
  assert.is(claude.requests.length, 2);
});

test('a closed conversation asks nobody', async () => {
  const { claude, conversations, id, say } = await begin();
  await conversations.update(id, (conversation) =>
    conversation.close({ eventId: 'e' as never, occurredAt: '2026-01-01T00:00:00.000Z' }),
  );
  assert.is(await codeOf(say('a')), 'conversation.closed');
  assert.is(claude.requests.length, 1);
});

test('another’s conversation is as if it were not there, busy or not', async () => {
  const { claude, id, say, get, list } = await begin();
  assert.is(await codeOf(say('a', {}, stranger)), 'conversation.not-found');
  assert.is(await codeOf(get({ conversationId: id }, stranger)), 'conversation.not-found');
  assert.equal(await list({ limit: 5 }, stranger), []);
  const { promise, resolve } = Promise.withResolvers<ReturnType<typeof replyOf>>();
  claude.replies.push(() => promise);
  const first = say('b');
  assert.is(await codeOf(say('a', {}, stranger)), 'conversation.not-found');
  resolve(replyOf('To b'));
  await first;
});

test('there is no conversation that was never opened', async () => {
  const { send } = conversationDesk(new ScriptedClaude());
  const sent = send({ conversationId: idOf('x'.repeat(1000)), text: 'a', settings: {} }, context);
  const failure = await failureOf(sent);
  assert.is(failure.code, 'conversation.not-found');
  assert.ok(failure.message.length < 300);
});

test.run();
