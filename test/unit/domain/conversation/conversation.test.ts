import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Conversation } from '../../../../src/domain/conversation/conversation.ts';
import type { ConversationId } from '../../../../src/domain/conversation/conversation-events.ts';
import type { UserBlock } from '../../../../src/domain/conversation/message.ts';
import { refusedWith } from '../../../support/failure.ts';
import {
  addTurn,
  limits,
  openConversation,
  settings,
  stamp,
  turnOf,
} from '../../../support/sample-conversation.ts';

const test = suite('conversation');

const text = (said: string): readonly UserBlock[] => [{ type: 'text', text: said }];
const typesOf = (conversation: Conversation) => conversation.stored().map(({ type }) => type);

test('a new one is open, has nothing said in it, and tells that it was created', () => {
  const conversation = openConversation('c', 'ada', 'Be brief.');
  assert.equal(conversation.snapshot(), {
    id: 'c',
    owner: 'ada',
    status: 'open',
    systemPrompt: 'Be brief.',
    settings,
    messageCount: 0,
    title: '',
    toolUses: [],
    usage: { inputTokens: 0, outputTokens: 0, cacheCreationTokens: 0, cacheReadTokens: 0 },
    version: 1,
    createdAt: stamp().occurredAt,
    updatedAt: stamp().occurredAt,
  });
  const [event] = conversation.stored();
  assert.equal(event, {
    ...stamp(),
    type: 'ConversationCreated',
    class: 'state',
    aggregate: { type: 'conversation', id: 'c' },
    payload: { conversationId: 'c', model: 'claude-a' },
  });
});

for (const [model, told] of [
  ['us.anthropic.claude-sonnet-5-5-v1:0', 'us.anthropic.claude-sonnet-5-5-v1:0'],
  ['org/model@2026', 'org/model@2026'],
  ['please use\nmy key', '_OTHER'],
  ['m'.repeat(101), '_OTHER'],
  ['sk-ant-api03-secret', 'sk-ant-********'],
] as const)
  test(`of the model ${model.slice(0, 40)} the event tells "${told}"`, () => {
    const start = { id: 'c' as ConversationId, owner: 'ada', settings: { ...settings, model } };
    const [event] = Conversation.open(start, stamp()).pendingEvents;
    assert.equal(event?.payload, { conversationId: 'c', model: told });
  });

test('a turn adds question and answer, what it cost and how it was asked, and tells of both and of the cost', () => {
  const conversation = openConversation('c');
  conversation.stored();
  const other = { ...settings, model: 'claude-b', temperature: 0.5 };
  const [first, second] = [turnOf('one'), turnOf('two', { model: 'a model of\na client' })];
  addTurn(conversation, first);
  conversation.addTurn(second, { settings: other, limits, version: 1 }, () => stamp());
  const { messageCount, usage, settings: held, version, updatedAt } = conversation.snapshot();
  assert.is(messageCount, 4);
  assert.equal(conversation.pendingMessages, [first.question, first.answer, second.question, second.answer]);
  assert.equal([usage.inputTokens, usage.outputTokens], [6, 10]);
  assert.equal(held, other);
  assert.is(version, 2);
  assert.is(updatedAt, second.answer.createdAt);
  assert.equal(
    conversation.stored().map(({ payload }) => payload),
    [first, second].flatMap(({ question, answer: { id, role, usage: cost } }, turn) => [
      { conversationId: 'c', messageId: question.id, role: question.role },
      { conversationId: 'c', messageId: id, role, model: ['claude-a', '_OTHER'][turn], usage: cost },
    ]),
  );
});

test('a turn that answers an older version is busy, and adds nothing', () => {
  const conversation = openConversation('c');
  addTurn(conversation, turnOf('one'));
  const before = conversation.snapshot();
  const late = () => conversation.addTurn(turnOf('two'), { settings, limits, version: 0 }, () => stamp());
  assert.throws(late, refusedWith('conversation.busy'));
  assert.is(conversation.snapshot(), before);
});

test('the system prompt can change until the first message, and be the same ever after', () => {
  const conversation = openConversation('c', 'ada', 'Old');
  conversation.instruct('New');
  addTurn(conversation, turnOf('one'));
  const before = conversation.snapshot();
  conversation.instruct('New');
  assert.is(conversation.snapshot(), before);
  assert.throws(() => conversation.instruct('Newer'), refusedWith('conversation.system-prompt-frozen'));
  assert.is(conversation.snapshot(), before);
});

test('a conversation that began without a system prompt gets none', () => {
  const conversation = openConversation('c');
  addTurn(conversation, turnOf('one'));
  assert.throws(() => conversation.instruct('New'), refusedWith('conversation.system-prompt-frozen'));
});

test('a conversation takes system prompts of 1 to 100,000 characters', () => {
  assert.throws(() => openConversation('c', 'ada', ''), refusedWith('conversation.system-prompt-invalid'));
  assert.throws(
    () => openConversation('c', 'ada', 'x'.repeat(100_001)),
    refusedWith('conversation.system-prompt-invalid'),
  );
  assert.ok(openConversation('c', 'ada', 'x'.repeat(100_000)));
});

test('a closed conversation takes neither message nor system prompt', () => {
  const conversation = openConversation('c');
  conversation.stored();
  conversation.close(stamp());
  conversation.close(stamp());
  assert.equal(typesOf(conversation), ['ConversationClosed']);
  assert.is(conversation.snapshot().status, 'closed');
  assert.throws(() => conversation.requireNext(text('x'), limits), refusedWith('conversation.closed'));
  assert.throws(() => addTurn(conversation, turnOf('x')), refusedWith('conversation.closed'));
  assert.throws(() => conversation.instruct('x'), refusedWith('conversation.closed'));
});

test('a conversation holds as many messages as its limit, and a turn has two', () => {
  const conversation = openConversation('c');
  addTurn(conversation, turnOf('one'));
  for (const [maxMessages, fits] of [
    [3, false],
    [4, true],
  ] as const) {
    const ask = () => conversation.requireNext(text('two'), { ...limits, maxMessages });
    if (fits) ask();
    else assert.throws(ask, refusedWith('conversation.too-many-messages'));
  }
});

test('a conversation takes no more questions once its tokens are used up, cached ones counted', () => {
  const conversation = openConversation('c');
  const usage = { inputTokens: 1, outputTokens: 2, cacheCreationTokens: 3, cacheReadTokens: 4 };
  addTurn(conversation, turnOf('one', { usage }));
  conversation.requireNext(text('two'), { ...limits, maxTokens: 11 });
  const ask = () => conversation.requireNext(text('two'), { ...limits, maxTokens: 10 });
  assert.throws(ask, refusedWith('conversation.too-many-tokens'));
});

for (const [what, said] of [
  ['nothing', []],
  ['blanks', text(' \n\t')],
  ['an empty text beside another', [...text('x'), ...text('')]],
] as const) {
  test(`a conversation refuses ${what} as a message`, () => {
    assert.throws(
      () => openConversation('c').requireNext(said, limits),
      refusedWith('conversation.message-empty'),
    );
  });
}

test('a conversation takes messages of a million characters', () => {
  const conversation = openConversation('c');
  conversation.requireNext(text('x'.repeat(1_000_000)), limits);
  assert.throws(
    () => conversation.requireNext(text('x'.repeat(1_000_001)), limits),
    refusedWith('conversation.message-too-long'),
  );
});

test('a conversation adds no answer that could not be sent again', () => {
  for (const content of [[], text(' '), [...text('x'), ...text('')]] as const) {
    const conversation = openConversation('c');
    const turn = turnOf('one', { content: content as never });
    assert.throws(() => addTurn(conversation, turn), refusedWith('conversation.answer-empty'));
    assert.equal([conversation.snapshot().messageCount, conversation.pendingMessages], [0, []]);
  }
});

test('a conversation keeps what else the model said as it came', () => {
  const conversation = openConversation('c');
  const thinking = { type: 'other', block: { type: 'thinking', thinking: 'Hm', signature: 's' } } as const;
  addTurn(conversation, turnOf('one', { content: [thinking, { type: 'text', text: 'Yes' }] }));
  assert.equal(conversation.pendingMessages[1]?.content[0], thinking);
});

test('after tool uses takes a message that begins with the result of each, and no other', () => {
  const conversation = openConversation('c');
  const use = (id: string) => ({ type: 'tool_use', id, name: 'f', input: {} }) as const;
  const result = (toolUseId: string) =>
    ({ type: 'tool_result', toolUseId, content: [], isError: false }) as const;
  assert.throws(
    () => conversation.requireNext([result('1')], limits),
    refusedWith('conversation.tool-results-expected'),
  );
  addTurn(conversation, turnOf('one', { content: [use('1'), use('2')] }));
  for (const content of [
    text('x'),
    [result('1')],
    [result('1'), result('3')],
    [result('1'), result('1')],
    [...text('x'), result('1'), result('2')],
  ]) {
    assert.throws(
      () => conversation.requireNext(content, limits),
      refusedWith('conversation.tool-results-expected'),
    );
  }
  conversation.requireNext([result('2'), result('1')], limits);
  conversation.requireNext([result('1'), result('2'), ...text('x')], limits);
});

test('a stored one is as it was, and tells no events', () => {
  const conversation = openConversation('c');
  addTurn(conversation, turnOf('one'));
  const again = Conversation.rehydrate(conversation.snapshot());
  assert.is(again.snapshot(), conversation.snapshot());
  assert.equal(again.pendingMessages, []);
  assert.equal(again.stored(), []);
  assert.is(conversation.pendingMessages.length, 2);
  conversation.stored();
  assert.equal(conversation.pendingMessages, [], 'what is stored is forgotten');
});

test.run();
