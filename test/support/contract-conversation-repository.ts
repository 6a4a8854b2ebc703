import type { Test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Conversation } from '../../src/domain/conversation/conversation.ts';
import {
  type ConversationId,
  conversationDeleted,
} from '../../src/domain/conversation/conversation-events.ts';
import type { ConversationRepository } from '../../src/domain/conversation/conversation-repository.ts';
import { NO_USAGE } from '../../src/domain/conversation/usage.ts';
import { repositoryContract, type Samples } from './contract-repository.ts';
import { codeOf } from './failure.ts';
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

const samples: Samples<ConversationId, Conversation, ConversationRepository> = {
  what: 'conversation',
  idOf: conversationId,
  make: openConversation,
  madeEvents: ['ConversationCreated'],
  rich,
  mark: (conversation, text) => addTurn(conversation, turnOf(text)),
  marksOf: async (conversation, kept) => {
    const { id, messageCount } = conversation.snapshot();
    return (await kept.transcript(id, messageCount)).flatMap(({ role, content: [block] }) =>
      role === 'user' && block?.type === 'text' ? [block.text] : [],
    );
  },
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

  test('keeps what was said, as it was said', async () => {
    const conversations = await open();
    const one = rich('a');
    const said = one.pendingMessages;
    await conversations.add(one);
    assert.equal(await conversations.transcript(conversationId('a'), 4), said);
    const more = turnOf('three');
    const updated = await conversations.update(conversationId('a'), (found) => addTurn(found, more));
    assert.equal(updated.pendingMessages, [more.question, more.answer], 'only what is new is stored');
    assert.equal(await conversations.transcript(conversationId('a'), 6), [
      ...said,
      more.question,
      more.answer,
    ]);
  });

  test('reads so many messages of a conversation, and what a state counts stays the same', async () => {
    const conversations = await open();
    const one = openConversation('a');
    for (const text of ['one', 'two']) addTurn(one, turnOf(text));
    await conversations.add(one);
    const before = await conversations.transcript(conversationId('a'), 4);
    await conversations.update(conversationId('a'), (found) => addTurn(found, turnOf('three')));
    assert.equal(await conversations.transcript(conversationId('a'), 4), before);
    assert.is((await conversations.transcript(conversationId('a'), 2)).length, 2);
    assert.is((await conversations.transcript(conversationId('a'), 100)).length, 6);
    assert.equal(await conversations.transcript(conversationId('b'), 100), []);
  });

  test('stores no message of a change that fails, or of a copy', async () => {
    const conversations = await open();
    await conversations.add(openConversation('a'));
    const found = await conversations.find(conversationId('a'));
    if (found) addTurn(found, turnOf('one'));
    const failing = conversations.update(conversationId('a'), (one) => {
      addTurn(one, turnOf('two'));
      throw new Error('boom');
    });
    await failing.catch(() => undefined);
    assert.equal(await conversations.transcript(conversationId('a'), 100), []);
  });

  test('removes a conversation and what was said in it, and no other', async () => {
    const conversations = await open();
    for (const name of ['a', 'b']) {
      const one = openConversation(name);
      addTurn(one, turnOf('one'));
      await conversations.add(one);
    }
    const deleted = conversationDeleted(conversationId('a'), 'local', stamp());
    assert.is(await conversations.remove(deleted), true);
    assert.is(await conversations.remove(deleted), false);
    assert.is(await conversations.find(conversationId('a')), undefined);
    assert.equal(await conversations.transcript(conversationId('a'), 100), []);
    assert.is(
      await codeOf(conversations.update(conversationId('a'), () => undefined)),
      'conversation.not-found',
    );
    assert.equal(
      (await conversations.list('ada', 10)).map(({ id }) => id),
      ['b'],
    );
    await conversations.add(openConversation('a'));
    assert.equal(await conversations.transcript(conversationId('a'), 100), [], 'a new one begins anew');
  });

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
