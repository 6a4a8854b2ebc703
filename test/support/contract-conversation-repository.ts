import type { Test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Conversation } from '../../src/domain/conversation/conversation.ts';
import type { ConversationRepository } from '../../src/domain/conversation/conversation-repository.ts';
import { NO_USAGE } from '../../src/domain/conversation/usage.ts';
import { codeOf, failureOf } from './failure.ts';
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

/** The contract of every ConversationRepository. `open` makes an empty one for each test, with room for a hundred. */
export function conversationRepositoryContract(
  test: Test,
  open: () => Promise<ConversationRepository>,
): void {
  const stored = async (conversations: ConversationRepository, name: string) =>
    (await conversations.find(conversationId(name)))?.snapshot();

  test('finds what was added, as it was', async () => {
    const conversations = await open();
    const conversation = rich('a');
    await conversations.add(conversation);
    assert.equal(await stored(conversations, 'a'), conversation.snapshot());
  });

  test('finds nothing that was never added', async () => {
    const conversations = await open();
    await conversations.add(openConversation('a'));
    for (const name of ['b', '', 'A', '__proto__']) assert.is(await stored(conversations, name), undefined);
  });

  test('adds a conversation once', async () => {
    const conversations = await open();
    const first = rich('a');
    await conversations.add(first);
    assert.is(await codeOf(conversations.add(openConversation('a'))), 'conversation.exists');
    assert.equal(await stored(conversations, 'a'), first.snapshot());
  });

  test('hands out copies: only update stores', async () => {
    const conversations = await open();
    const added = openConversation('a');
    await conversations.add(added);
    const before = added.snapshot();
    addTurn(added, turnOf('one'));
    const found = await conversations.find(conversationId('a'));
    if (found) addTurn(found, turnOf('two'));
    const updated = await conversations.update(conversationId('a'), () => undefined);
    addTurn(updated, turnOf('three'));
    assert.equal(await stored(conversations, 'a'), before);
  });

  test('keeps everything that is changed', async () => {
    const conversations = await open();
    await conversations.add(openConversation('a'));
    const steps: readonly ((conversation: Conversation) => void)[] = [
      (conversation) => conversation.instruct('Be brief'),
      (conversation) => addTurn(conversation, turnOf('one')),
      (conversation) => addTurn(conversation, turnOf('two', { usage: NO_USAGE })),
      (conversation) => conversation.close(stamp()),
    ];
    for (const step of steps) {
      const updated = await conversations.update(conversationId('a'), step);
      assert.equal(await stored(conversations, 'a'), updated.snapshot());
    }
  });

  test('a conversation that was added keeps its events until the caller has published them', async () => {
    const conversations = await open();
    const conversation = openConversation('a');
    await conversations.add(conversation);
    assert.equal(
      conversation.pendingEvents.map(({ type }) => type),
      ['ConversationCreated'],
    );
  });

  test('an update hands over the conversation as stored, with its new events inside', async () => {
    const conversations = await open();
    await conversations.add(openConversation('a'));
    const updated = await conversations.update(conversationId('a'), (one) => addTurn(one, turnOf('one')));
    assert.equal(
      updated.pendingEvents.map(({ type }) => type),
      ['MessageAdded', 'MessageAdded'],
    );
    assert.equal((await conversations.find(conversationId('a')))?.pendingEvents, []);
  });

  test('refuses to update what isn’t there', async () => {
    const conversations = await open();
    const update = conversations.update(conversationId('a'), () => undefined);
    assert.is(await codeOf(update), 'conversation.not-found');
    assert.is(await stored(conversations, 'a'), undefined);
  });

  test('stores nothing of a change that fails, and fails as it does', async () => {
    const conversations = await open();
    await conversations.add(openConversation('a'));
    const before = await stored(conversations, 'a');
    const boom = new Error('boom');
    const failing = conversations.update(conversationId('a'), (conversation) => {
      addTurn(conversation, turnOf('one'));
      throw boom;
    });
    assert.is(await failureOf(failing), boom);
    assert.equal(await stored(conversations, 'a'), before);
  });

  test('of turns that answer the same version one is added', async () => {
    const conversations = await open();
    await conversations.add(openConversation('a'));
    const answer = (text: string) =>
      conversations.update(conversationId('a'), (conversation) =>
        conversation.addTurn(turnOf(text), { settings, limits, version: 0 }, () => stamp()),
      );
    const outcomes = await Promise.allSettled([answer('one'), answer('two'), answer('three')]);
    assert.equal(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected', 'rejected']);
    assert.is((await stored(conversations, 'a'))?.messages.length, 2);
  });

  test('loses no update, however many come at once', async () => {
    const conversations = await open();
    await conversations.add(openConversation('a'));
    const texts = Array.from({ length: 20 }, (_, n) => `m${n}`);
    await Promise.all(
      texts.map((text) => conversations.update(conversationId('a'), (one) => addTurn(one, turnOf(text)))),
    );
    assert.is((await stored(conversations, 'a'))?.messages.length, 40);
  });

  test('an update changes no other conversation', async () => {
    const conversations = await open();
    await conversations.add(openConversation('a'));
    await conversations.add(openConversation('b'));
    const before = await stored(conversations, 'b');
    await conversations.update(conversationId('a'), (conversation) => addTurn(conversation, turnOf('one')));
    assert.equal(await stored(conversations, 'b'), before);
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
