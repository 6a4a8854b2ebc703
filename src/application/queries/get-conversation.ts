import type { ConversationSnapshot } from '../../domain/conversation/conversation.ts';
import type { ConversationId } from '../../domain/conversation/conversation-events.ts';
import type { ConversationRepository } from '../../domain/conversation/conversation-repository.ts';
import { requireOwnConversation } from '../conversations/own-conversation.ts';
import type { RequestContext } from '../request-context.ts';

export interface GetConversation {
  readonly conversationId: ConversationId;
}

/** A conversation of the caller's, whole. @throws DomainError `conversation.not-found` */
export function getConversation({ conversations }: { readonly conversations: ConversationRepository }) {
  return async (
    { conversationId }: GetConversation,
    { principal }: Pick<RequestContext, 'principal'>,
  ): Promise<ConversationSnapshot> =>
    (await requireOwnConversation(conversations, conversationId, principal)).snapshot();
}
