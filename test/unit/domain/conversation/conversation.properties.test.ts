import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Conversation, ConversationSnapshot } from '../../../../src/domain/conversation/conversation.ts';
import type { Message, UserBlock } from '../../../../src/domain/conversation/message.ts';
import { totalTokens, type Usage } from '../../../../src/domain/conversation/usage.ts';
import { DomainError } from '../../../../src/domain/shared/domain-error.ts';
import { openConversation, settings, stamp, turnOf } from '../../../support/sample-conversation.ts';

const test = suite('conversation: invariants under any sequence of commands');

const LIMITS = { maxMessages: 12, maxTokens: 200 };

type Command = (conversation: Conversation) => void;

const tokens = fc.nat({ max: 30 });
const usage: fc.Arbitrary<Usage> = fc.record({
  inputTokens: tokens,
  outputTokens: tokens,
  cacheCreationTokens: tokens,
  cacheReadTokens: tokens,
});
const said = fc.constantFrom('hi', 'go on', '', ' ', '😀');
const toolId = fc.constantFrom('t1', 't2');

const question: fc.Arbitrary<readonly UserBlock[]> = fc.oneof(
  said.map((text) => [{ type: 'text', text }] as const),
  fc.array(
    toolId.map((toolUseId) => ({ type: 'tool_result', toolUseId, content: [], isError: false }) as const),
    { maxLength: 2 },
  ),
);

const answer = fc.oneof(
  said.map((text) => [{ type: 'text', text }] as const),
  fc
    .uniqueArray(toolId)
    .map((ids) => ids.map((id) => ({ type: 'tool_use', id, name: 'f', input: {} }) as const)),
);

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(question, answer, usage, fc.constantFrom(0, 0, 0, 1, -1)).map(turnCommand),
  },
  {
    weight: 2,
    arbitrary: said.map(
      (prompt): Command =>
        (conversation) =>
          conversation.instruct(prompt),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Command>((conversation) => conversation.close(stamp())),
  },
);

/** @param behind how far the version that was answered is from the one there is */
function turnCommand([content, said, cost, behind]: [
  readonly UserBlock[],
  readonly object[],
  Usage,
  number,
]): Command {
  return (conversation) => {
    const { question: asked, answer: answered } = turnOf('x');
    const turn = {
      question: { ...asked, content },
      answer: { ...answered, content: said as never, usage: cost },
    };
    const version = conversation.snapshot().version + behind;
    conversation.addTurn(turn, { settings, limits: LIMITS, version }, () => stamp());
  };
}

/** Carries a command out; whether it was refused. */
function isRefused(conversation: Conversation, run: Command): boolean {
  try {
    run(conversation);
    return false;
  } catch (error) {
    assert.instance(error, DomainError, String(error));
    return true;
  }
}

/** @param messages everything said up to `after` */
function requireInvariants(
  before: ConversationSnapshot,
  after: ConversationSnapshot,
  messages: readonly Message[],
): void {
  assert.is(after.messageCount, messages.length);
  assert.ok(messages.every(({ role }, at) => role === (at % 2 === 0 ? 'user' : 'assistant')));
  assert.is(messages.length % 2, 0, 'a turn is whole or absent');
  assert.ok(messages.length <= LIMITS.maxMessages);
  assert.ok(after.messageCount >= before.messageCount, 'nothing said is ever unsaid');
  assert.ok(messages.every(({ content }) => content.length > 0));
  for (const [at, message] of messages.entries()) {
    const uses = (messages[at - 1]?.content ?? []).flatMap((block) =>
      block.type === 'tool_use' ? [block.id] : [],
    );
    const results = message.content.flatMap((block) =>
      block.type === 'tool_result' ? [block.toolUseId] : [],
    );
    if (message.role === 'user') assert.equal(results.sort(), uses.sort());
  }
  for (const kind of Object.keys(after.usage) as (keyof Usage)[])
    assert.ok(after.usage[kind] >= before.usage[kind], kind);
  if (messages.length > before.messageCount) {
    assert.ok(totalTokens(before.usage) < LIMITS.maxTokens);
    assert.is(before.status, 'open');
  }
  if (before.messageCount > 0) assert.is(after.systemPrompt, before.systemPrompt);
  if (before.status === 'closed') assert.is(after, before);
  if (after !== before) assert.is(after.version, before.version + 1);
}

test('hold', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
      const conversation = openConversation('c');
      conversation.stored();
      const messages: Message[] = [];
      for (const run of commands) {
        const before = conversation.snapshot();
        const refused = isRefused(conversation, run);
        const after = conversation.snapshot();
        if (refused) assert.is(after, before, 'what is refused changes nothing');
        messages.push(...conversation.pendingMessages);
        requireInvariants(before, after, messages);
        const added = conversation.stored().filter(({ type }) => type === 'MessageAdded');
        assert.is(added.length, after.messageCount - before.messageCount);
      }
    }),
    { numRuns: 500 },
  );
});

test.run();
