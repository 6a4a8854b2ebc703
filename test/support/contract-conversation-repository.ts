import type { Test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Conversation } from '../../src/domain/conversation/conversation.ts';
import type { ConversationId } from '../../src/domain/conversation/conversation-events.ts';
import type { ConversationRepository } from '../../src/domain/conversation/conversation-repository.ts';
import { NO_USAGE } from '../../src/domain/conversation/usage.ts';
import { repositoryContract, type Samples } from './contract-repository.ts';
import {
  addTurn,
  conversationId,
  limits,
  openConversation,
  settings,
  stamp,
  turnOf,
} from './sample-conversation.ts';

/** Everything that a message can hold. */
function rich(name: string): Conversation {
  const conversation = openConversation(name, 'ada "€😀"', 'Be brief: "€😀"\0');
  const turn = turnOf('One €😀\n', {
    content: [
      {
        type: 'other',
        block: { type: 'thinking', thinking: 'Hm', signature: 's', deep: [{ a: null }, 1.5, ''] },
      },
      { type: 'text', text: 'Let me see' },
      { type: 'tool_use', id: 't', name: 'f', input: { a: [1, { b: null }] } },
    ],
    usage: { inputTokens: 1, outputTokens: 2, cacheCreationTokens: 3, cacheReadTokens: 4 },
  });
  addTurn(conversation, turn);
  const { question, answer } = turnOf('two');
  conversation.addTurn(
    {
      question: {
        ...question,
        content: [
          {
            type: 'tool_result',
            toolUseId: 't',
            content: [
              { type: 'text', text: '' },
              { type: 'image', mediaType: 'image/png', data: 'AAAA' },
            ],
            isError: true,
          },
          { type: 'text', text: 'Well?' },
        ],
      },
      answer,
    },
    {
      settings: { model: 'claude-b', maxTokens: 7, temperature: 0, topP: 0.5, topK: 3 },
      limits,
      version: conversation.snapshot().version,
    },
    () => stamp(),
  );
  return conversation;
}

const samples: Samples<ConversationId, Conversation> = {
  what: 'conversation',
  idOf: conversationId,
  make: openConversation,
  madeEvents: ['ConversationCreated'],
  rich,
  mark: (conversation, text) => addTurn(conversation, turnOf(text)),
  marksOf: (conversation) =>
    conversation
      .snapshot()
      .messages.flatMap(({ role, content: [block] }) =>
        role === 'user' && block?.type === 'text' ? [block.text] : [],
      ),
  changeOnce: (conversation) =>
    conversation.addTurn(turnOf('one'), { settings, limits, version: 0 }, () => stamp()),
  changeEvents: ['MessageAdded', 'MessageAdded'],
  life: {
    begin: openConversation,
    steps: [
      (conversation) => conversation.instruct('Be brief'),
      (conversation) => addTurn(conversation, turnOf('one')),
      (conversation) => addTurn(conversation, turnOf('two', { usage: NO_USAGE })),
      (conversation) => conversation.close(stamp()),
    ],
  },
};

/** The behaviour of every ConversationRepository. `open` makes an empty one for each test, with room for a hundred. */
export function conversationRepositoryContract(
  test: Test,
  open: () => Promise<ConversationRepository>,
): void {
  repositoryContract(test, open, samples);

  test('lists an owner’s conversations, the one that changed last first, and no others', async () => {
    const conversations = await open();
    for (const name of ['a', 'b', 'c']) await conversations.add(openConversation(name));
    await conversations.add(openConversation('d', 'bob'));
    await conversations.update(conversationId('b'), (one) => addTurn(one, turnOf('How are you?')));
    const list = await conversations.list('ada', 10);
    assert.equal(
      list.map(({ id, title, messageCount }) => [id, title, messageCount]),
      [
        ['b', 'How are you?', 2],
        ['c', '', 0],
        ['a', '', 0],
      ],
    );
    assert.equal(
      (await conversations.list('ada', 2)).map(({ id }) => id),
      ['b', 'c'],
    );
    assert.equal(await conversations.list('eve', 10), []);
  });
}
