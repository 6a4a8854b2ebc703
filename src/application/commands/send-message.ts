import { conversationBusy } from '../../domain/conversation/conversation.ts';
import type { ConversationId } from '../../domain/conversation/conversation-events.ts';
import type { ConversationRepository } from '../../domain/conversation/conversation-repository.ts';
import {
  type FinishedTurn,
  prepareTurn,
  type TurnDependencies,
  type TurnRequest,
} from '../conversations/conversation-turn.ts';
import { requireOwnConversation } from '../conversations/own-conversation.ts';
import type { NextStamp } from '../event-stamps.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { RequestContext } from '../request-context.ts';

/** The next thing said in a conversation. */
export interface SendMessage extends TurnRequest {
  readonly conversationId: ConversationId;
  /** Only the one that the conversation has. */
  readonly systemPrompt?: string | undefined;
}

interface Dependencies extends TurnDependencies {
  readonly conversations: ConversationRepository;
  readonly events: EventBus;
  readonly nextStamp: NextStamp;
}

/**
 * Adds a question and its answer together, or nothing. Of two at once in one conversation the second is refused: here before it
 * costs anything, and by the version where another process was faster.
 */
export function sendMessage({ events, nextStamp, ...turns }: Dependencies) {
  const { conversations } = turns;
  const underWay = new Set<ConversationId>();

  const send = async (
    { conversationId, systemPrompt, ...request }: SendMessage,
    context: RequestContext,
  ): Promise<FinishedTurn> => {
    const asked = await requireOwnConversation(conversations, conversationId, context.principal);
    if (systemPrompt !== undefined) asked.instruct(systemPrompt);
    const { turn, answer, ...terms } = await prepareTurn(asked, request, turns, context);
    context.signal.throwIfAborted();
    const conversation = await conversations.update(conversationId, (stored) => {
      if (systemPrompt !== undefined) stored.instruct(systemPrompt);
      stored.addTurn(turn, { ...terms, limits: turns.limits }, nextStamp);
    });
    events.publish(conversation.stored());
    return { conversation: conversation.snapshot(), answer };
  };

  return async (message: SendMessage, context: RequestContext): Promise<FinishedTurn> => {
    const { conversationId } = message;
    if (underWay.has(conversationId)) {
      // Even that it is busy only its owner may know.
      await requireOwnConversation(conversations, conversationId, context.principal);
      throw conversationBusy();
    }
    underWay.add(conversationId);
    try {
      return await send(message, context);
    } finally {
      underWay.delete(conversationId);
    }
  };
}
