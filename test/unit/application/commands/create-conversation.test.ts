import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DomainError } from '../../../../src/domain/shared/domain-error.ts';
import { failureOf, refusalOf } from '../../../support/failure.ts';
import { conversationDesk } from '../conversations/conversation-desk.ts';
import { replyOf, ScriptedClaude } from '../conversations/scripted-claude.ts';
import { fakeContext } from '../fake-context.ts';

const test = suite('CreateConversation');

const context = fakeContext();

test('the command opens a conversation with its first turn, which belongs to whoever asked', async () => {
  const claude = new ScriptedClaude();
  const { create, told, get, list } = conversationDesk(claude);
  const { conversation, answer } = await create(
    { text: 'Hi', systemPrompt: 'Be brief', settings: { temperature: 0.5 } },
    context,
  );
  assert.equal(claude.requests, [
    {
      model: 'claude-test',
      maxTokens: 100,
      temperature: 0.5,
      system: 'Be brief',
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
    },
  ]);
  assert.equal(answer.content, [{ type: 'text', text: 'Answer 1' }]);
  assert.equal([conversation.owner, conversation.systemPrompt], ['local', 'Be brief']);
  assert.equal(
    (await get({ conversationId: conversation.id }, context)).messages.map(({ role, content }) => [
      role,
      content,
    ]),
    [
      ['user', [{ type: 'text', text: 'Hi' }]],
      ['assistant', [{ type: 'text', text: 'Answer 1' }]],
    ],
  );
  assert.equal(told, ['ConversationCreated', 'MessageAdded', 'MessageAdded']);
  assert.equal(
    (await list({ limit: 5 }, context)).map(({ id }) => id),
    [conversation.id],
  );
});

test('the adapter sees the events with the conversation, and nobody hears them before', async () => {
  const { create, told, conversations } = conversationDesk(new ScriptedClaude());
  const seen: string[] = [];
  conversations.add = async ({ pendingEvents }) => {
    seen.push(...pendingEvents.map(({ type }) => type));
    assert.equal(told, []);
  };
  await create({ text: 'Hi', settings: {} }, context);
  assert.equal(seen, ['ConversationCreated', 'MessageAdded', 'MessageAdded']);
  assert.equal(told, seen);
});

for (const [what, reply] of [
  ['a failed', () => Promise.reject(new DomainError('claude.network', 'unavailable', 'No'))],
  ['an empty', async () => replyOf('')],
  ['a refused', async () => replyOf('I will', { stopReason: 'refusal' })],
] as const) {
  test(`the command leaves nothing of ${what} first turn`, async () => {
    const claude = new ScriptedClaude();
    claude.replies.push(reply);
    const { create, told, list } = conversationDesk(claude);
    await refusalOf(create({ text: 'Hi', settings: {} }, context));
    assert.equal(await list({ limit: 5 }, context), []);
    assert.equal(told, []);
  });
}

test('the command leaves nothing of a turn that was cancelled while the answer came', async () => {
  const claude = new ScriptedClaude();
  const cancelled = fakeContext();
  claude.replies.push(async () => {
    cancelled.abort(new Error('Gone'));
    return replyOf('Too late');
  });
  const { create, list } = conversationDesk(claude);
  const error = await failureOf(create({ text: 'Hi', settings: {} }, cancelled));
  assert.is(error.message, 'Gone');
  assert.equal(await list({ limit: 5 }, context), []);
});

test('the command asks nobody what could not be added', async () => {
  const claude = new ScriptedClaude();
  const { create } = conversationDesk(claude);
  for (const wrong of [{ text: ' ' }, { text: 'Hi', systemPrompt: '' }])
    await refusalOf(create({ settings: {}, ...wrong }, context));
  assert.equal(claude.requests, []);
});

test.run();
