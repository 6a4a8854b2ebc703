import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { summarize } from '../../../../../src/domain/conversation/conversation-summary.ts';
import {
  describeConversation,
  describeConversations,
} from '../../../../../src/presentation/cli/chat/chat-text.ts';
import { addTurn, openConversation, turnOf } from '../../../../support/sample-conversation.ts';

const test = suite('chat text');

const paint = (_style: string, text: string) => `\u001b[1m${text}\u001b[22m`;

function steeringConversation() {
  const conversation = openConversation('c', 'ada', 'Be \u001bbrief');
  addTurn(
    conversation,
    turnOf('Hi\u0007', { model: 'm\u001b', content: [{ type: 'text', text: 'a\u001b[2Jb\tc' }] }),
  );
  return { ...conversation.snapshot(), messages: conversation.pendingMessages };
}

test('the chat text shows a conversation in its own colours, and in nobody else’s', () => {
  assert.is(
    describeConversation(steeringConversation(), { shown: true, paint }),
    '\u001b[1mSystem:\u001b[22m Be brief\n\n\u001b[1mYou:\u001b[22m Hi\n\n\u001b[1mm:\u001b[22m a[2Jb\tc',
  );
});

test('the chat text prints what was said as it was where no terminal shows it', () => {
  const text = describeConversation(steeringConversation(), {
    shown: false,
    paint: (_style, plain) => plain,
  });
  assert.is(text, 'System: Be \u001bbrief\n\nYou: Hi\u0007\n\nm\u001b: a\u001b[2Jb\tc');
});

test('the chat text lists what steers nothing', () => {
  const list = [summarize(steeringConversation())];
  assert.is(describeConversations(list, 'c', { shown: true }), '* 1  2 messages  8 tokens  claude-a  Hi');
});

test.run();
