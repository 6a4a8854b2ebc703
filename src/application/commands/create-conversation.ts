import { Conversation } from '../../domain/conversation/conversation.ts';
import type { ConversationId } from '../../domain/conversation/conversation-events.ts';
import type { ConversationRepository } from '../../domain/conversation/conversation-repository.ts';
import type { ConversationSettings } from '../../domain/conversation/conversation-settings.ts';
import {
  type FinishedTurn,
  prepareTurn,
  type TurnDependencies,
  type TurnRequest,
} from '../conversations/conversation-turn.ts';
import type { NextStamp } from '../event-stamps.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { RequestContext } from '../request-context.ts';

/** The first thing said in a new conversation: one in which nothing was answered is never kept. */
export interface CreateConversation extends TurnRequest {
  readonly systemPrompt?: string | undefined;
}

interface Dependencies extends TurnDependencies {
  readonly conversations: ConversationRepository;
  readonly events: EventBus;
  readonly nextStamp: NextStamp;
  /** Settings for a request that gives none. */
  readonly settings: ConversationSettings;
}

/** Opens a conversation with its first turn; if anything fails, none is left behind. */
export function createConversation({ events, nextStamp, settings, ...turns }: Dependencies) {
  return async (
    { systemPrompt, ...request }: CreateConversation,
    context: RequestContext,
  ): Promise<FinishedTurn> => {
    // Until it is added nobody knows of it: a handler that runs again opens another one.
    const conversation = Conversation.open(
      {
        id: turns.ids.next() as ConversationId,
        owner: context.principal.id,
        settings: { ...settings, ...request.settings },
        systemPrompt,
      },
      nextStamp(),
    );
    const { turn, answer, ...terms } = await prepareTurn(conversation, request, turns, context);
    context.signal.throwIfAborted();
    conversation.addTurn(turn, { ...terms, limits: turns.limits }, nextStamp);
    await turns.conversations.add(conversation);
    events.publish(conversation.stored());
    return { conversation: conversation.snapshot(), answer };
  };
}
