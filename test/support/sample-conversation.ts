import { Conversation } from '../../src/domain/conversation/conversation.ts';
import type { ConversationId } from '../../src/domain/conversation/conversation-events.ts';
import type {
  ConversationLimits,
  ConversationSettings,
} from '../../src/domain/conversation/conversation-settings.ts';
import type { AssistantMessage, MessageId, Turn } from '../../src/domain/conversation/message.ts';
import { NO_USAGE } from '../../src/domain/conversation/usage.ts';
import type { EventId, EventStamp } from '../../src/domain/shared/domain-event.ts';

export const settings: ConversationSettings = { model: 'claude-a', maxTokens: 100 };
export const limits: ConversationLimits = { maxMessages: 100, maxTokens: 1_000_000 };

export const stamp = (name = '1'): EventStamp => ({
  eventId: `e-${name}` as EventId,
  occurredAt: '2026-01-01T00:00:00.000Z',
});

export const conversationId = (name: string) => name as ConversationId;

export const openConversation = (name: string, owner = 'ada', systemPrompt?: string): Conversation =>
  Conversation.open({ id: conversationId(name), owner, settings, systemPrompt }, stamp());

/** A question and its answer; the answer's time is the conversation's last change. */
export function turnOf(text: string, answer: Partial<AssistantMessage> = {}, id = text.slice(0, 10)): Turn {
  const createdAt = '2026-01-01T00:00:01.000Z';
  return {
    question: { id: `q-${id}` as MessageId, role: 'user', content: [{ type: 'text', text }], createdAt },
    answer: {
      id: `a-${id}` as MessageId,
      role: 'assistant',
      content: [{ type: 'text', text: `To ${text}` }],
      createdAt,
      model: 'claude-a',
      stopReason: 'end_turn',
      usage: { ...NO_USAGE, inputTokens: 3, outputTokens: 5 },
      ...answer,
    },
  };
}

/** Adds a turn to the version that the conversation is at. */
export function addTurn(conversation: Conversation, turn: Turn): void {
  conversation.addTurn(turn, { settings, limits, version: conversation.snapshot().version }, () => stamp());
}
