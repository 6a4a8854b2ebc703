import { type ConversationId, conversationDeleted } from '../../domain/conversation/conversation-events.ts';
import type { ConversationRepository } from '../../domain/conversation/conversation-repository.ts';
import type { NextStamp } from '../event-stamps.ts';
import { type Principal, principalName } from '../request-context.ts';

export interface DeleteConversation {
  readonly conversationId: ConversationId;
}

interface Dependencies {
  readonly conversations: Pick<ConversationRepository, 'remove'>;
  readonly nextStamp: NextStamp;
}

/** Removes anybody's conversation, and what was said in it, and stores that it was. @returns false if there is none */
export function deleteConversation({ conversations, nextStamp }: Dependencies) {
  return async (
    { conversationId }: DeleteConversation,
    { principal }: { readonly principal: Principal },
  ): Promise<boolean> =>
    await conversations.remove(conversationDeleted(conversationId, principalName(principal), nextStamp()));
}
